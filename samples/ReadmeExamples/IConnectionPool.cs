using System.Net;

namespace ReadmeExamples;

/// <summary>Whatever keeps connections.</summary>
public interface IConnectionPool
{
    void ConnectTo(IEnumerable<IPAddress> addresses);
}
