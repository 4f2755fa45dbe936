using System.Diagnostics;

namespace StubResolver.Diagnostics;

/// <summary>What a query's measurement says beside its duration.</summary>
internal readonly record struct QueryTags(DnsServer Server, DnsProtocol Protocol, DnsRecordType Type, DnsResponseCode? ResponseCode, DnsError? Error)
{
    public TagList ToTagList()
    {
        TagList tags = new()
        {
            { "server.address", Server.SharedEndPoint.Address.ToString() },
            { "server.port", Server.SharedEndPoint.Port },
            { "network.transport", Protocol.ToTag() },
            { "dns.question.type", Type.ToMnemonic() },
        };
        if (ResponseCode is { } code)
        {
            tags.Add("dns.response.code", code.ToString());
        }

        if (Error is { } error)
        {
            tags.Add("error.type", error.ToString());
        }

        return tags;
    }
}
