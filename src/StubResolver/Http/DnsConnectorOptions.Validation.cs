using System.Net.Sockets;

namespace StubResolver;

/// <content>The rules, and the snapshot taken of options that keep them.</content>
public sealed partial class DnsConnectorOptions
{
    private static readonly TimeSpan s_minAttemptDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_maxAttemptDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_maxConnectTimeout = TimeSpan.FromHours(1);

    /// <summary>Returns everything that is wrong with these options.</summary>
    /// <returns>One sentence for each mistake, beginning with the property it is about; empty when the options can be used.</returns>
    public IReadOnlyList<string> GetErrors()
    {
        List<string> errors = [];
        if (ConnectionAttemptDelay != Timeout.InfiniteTimeSpan && (ConnectionAttemptDelay < s_minAttemptDelay || ConnectionAttemptDelay > s_maxAttemptDelay))
        {
            errors.Add(
                $"{nameof(ConnectionAttemptDelay)} must be from {s_minAttemptDelay} to {s_maxAttemptDelay} or infinite, but is {ConnectionAttemptDelay}.");
        }

        if (ConnectTimeout != Timeout.InfiniteTimeSpan && (ConnectTimeout <= TimeSpan.Zero || ConnectTimeout > s_maxConnectTimeout))
        {
            errors.Add($"{nameof(ConnectTimeout)} must be positive and at most {s_maxConnectTimeout} or infinite, but is {ConnectTimeout}.");
        }

        if (PreferredFamily is not (AddressFamily.Unspecified or AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            errors.Add($"{nameof(PreferredFamily)} must be Unspecified, InterNetwork or InterNetworkV6, but is {PreferredFamily}.");
        }

        return errors;
    }

    /// <summary>Returns these options on top of those that connections are made with already: what is not set here stays.</summary>
    internal DnsConnectorOptions Over(DnsConnectorOptions? before)
    {
        before ??= new DnsConnectorOptions();
        return new DnsConnectorOptions
        {
            ConnectionAttemptDelay = Later(before, static options => options.ConnectionAttemptDelay),
            ConnectTimeout = Later(before, static options => options.ConnectTimeout),
            PreferredFamily = Later(before, static options => options.PreferredFamily),
            ConfigureSocket = Equals(before.ConfigureSocket, ConfigureSocket) ? ConfigureSocket : before.ConfigureSocket + ConfigureSocket,
            AddressPolicy = Equals(before.AddressPolicy, AddressPolicy) ? AddressPolicy : before.AddressPolicy + AddressPolicy,
            TimeProvider = TimeProvider ?? before.TimeProvider,
            LoggerFactory = LoggerFactory ?? before.LoggerFactory,
        };
    }

    /// <summary>Returns a copy that later changes do not reach.</summary>
    /// <exception cref="ArgumentException">Settings are wrong; the message lists all of them.</exception>
    internal DnsConnectorOptions ToSnapshot(string parameterName)
    {
        DnsConnectorOptions snapshot = (DnsConnectorOptions)MemberwiseClone();
        IReadOnlyList<string> errors = snapshot.GetErrors();
        return errors.Count == 0 ? snapshot : throw new ArgumentException(string.Join(Environment.NewLine, errors), parameterName);
    }

    private TValue Later<TValue>(DnsConnectorOptions before, Func<DnsConnectorOptions, TValue> get) =>
        EqualityComparer<TValue>.Default.Equals(get(this), get(new DnsConnectorOptions())) ? get(before) : get(this);
}
