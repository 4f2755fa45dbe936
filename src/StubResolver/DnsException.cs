using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace StubResolver;

/// <summary>A lookup failed. A new instance for each caller.</summary>
/// <remarks>
/// A <see cref="SocketException"/>, so that existing <see langword="catch"/> blocks work and <see cref="System.Net.Http.HttpClient"/> reports
/// <see cref="System.Net.Http.HttpRequestError.NameResolutionError"/>: <see cref="SocketException.SocketErrorCode"/> is
/// <see cref="SocketError.HostNotFound"/> for <see cref="DnsError.NameNotFound"/> and <see cref="DnsError.NoData"/>,
/// <see cref="SocketError.AccessDenied"/> for <see cref="DnsError.NameNotAllowed"/>, <see cref="SocketError.TryAgain"/> for the rest.
/// </remarks>
public sealed class DnsException : SocketException
{
    private readonly IReadOnlyList<DnsAttempt> _attempts = [];
    private readonly IReadOnlyList<DnsExtendedError> _extendedErrors = [];

    /// <summary>Creates an exception, for instance in a fake resolver.</summary>
    /// <param name="dnsError">Why the lookup failed.</param>
    /// <param name="name">The name the caller asked for.</param>
    /// <param name="message">What happened, in words; a sentence is made from the other arguments where it is <see langword="null"/>.</param>
    public DnsException(DnsError dnsError, string name, string? message = null)
        : base((int)ToSocketError(dnsError), message ?? DefaultMessage(dnsError, name))
    {
        ArgumentNullException.ThrowIfNull(name);
        DnsError = dnsError;
        Name = name;
    }

    /// <summary>Gets why the lookup failed.</summary>
    public DnsError DnsError { get; }

    /// <summary>Gets the name the caller asked for, as typed; never a search candidate or an alias target.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the same lookup may succeed a little later.</summary>
    public bool IsTransient => DnsError is DnsError.Timeout or DnsError.NetworkError or DnsError.ServerFailure
        or DnsError.Refused or DnsError.MalformedResponse;

    /// <summary>Gets the response code that decided, where a response came.</summary>
    public DnsResponseCode? ResponseCode { get; init; }

    /// <summary>Gets a value indicating whether the failure was remembered from a lookup before (RFC 2308, RFC 9520): nothing was sent for this one.</summary>
    public bool IsFromCache { get; init; }

    /// <summary>Gets how long ago the servers said so, where <see cref="IsFromCache"/> is set.</summary>
    /// <value>Not negative; <see langword="null"/> where the failure is this lookup's own.</value>
    public TimeSpan? Age { get; init; }

    /// <summary>Gets the exception behind this one, as of the operating system or of an argument; <see cref="ToString"/> prints it.</summary>
    /// <value>The default is <see langword="null"/>. <see cref="Exception.InnerException"/> is always <see langword="null"/>: a <see cref="SocketException"/> takes none.</value>
    public Exception? Cause { get; init; }

    /// <summary>Gets every transmission of the lookup, in order; empty where nothing was sent.</summary>
    /// <value>Those of the lookup before where <see cref="IsFromCache"/> is set.</value>
    public IReadOnlyList<DnsAttempt> Attempts
    {
        get => _attempts;
        init => _attempts = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets what the servers said about the failure (RFC 8914); empty where they said nothing.</summary>
    public IReadOnlyList<DnsExtendedError> ExtendedErrors
    {
        get => _extendedErrors;
        init => _extendedErrors = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Returns the report: the message, one line for each transmission and extended error, and the stack trace.</summary>
    public override string ToString()
    {
        StringBuilder report = new();
        report.Append(GetType().FullName).Append(" (").Append(DnsError).Append("): ").Append(Message);
        if (IsFromCache)
        {
            report.AppendLine().Append("  ").Append(CultureInfo.InvariantCulture, $"Remembered{DescribeAge()}: nothing was sent; what was sent then:");
        }

        foreach (DnsAttempt attempt in Attempts)
        {
            report.AppendLine().Append("  ").Append(attempt);
        }

        foreach (DnsExtendedError extendedError in ExtendedErrors)
        {
            report.AppendLine().Append("  ").Append(extendedError);
        }

        if (Cause is not null)
        {
            report.AppendLine().Append(" ---> ").Append(Cause);
        }

        if (StackTrace is { } stackTrace)
        {
            report.AppendLine().Append(stackTrace);
        }

        return report.ToString();
    }

    private string DescribeAge() => Age is { } age ? string.Create(CultureInfo.InvariantCulture, $" for {age.TotalSeconds:0.0} s") : "";

    // HttpClient makes a NameResolutionError of HostNotFound and TryAgain only.
    private static SocketError ToSocketError(DnsError error) => error switch
    {
        DnsError.NameNotFound or DnsError.NoData => SocketError.HostNotFound,
        DnsError.NameNotAllowed => SocketError.AccessDenied,
        _ => SocketError.TryAgain,
    };

    internal static string DefaultMessage(DnsError error, string name) => error switch
    {
        DnsError.NameNotFound => $"The name '{name}' does not exist.",
        DnsError.NoData => $"The name '{name}' has no records of the type asked for.",
        DnsError.Timeout => $"No DNS server answered for '{name}' in time.",
        DnsError.NetworkError => $"No DNS server could be reached for '{name}'.",
        DnsError.ServerFailure => $"The DNS servers failed to resolve '{name}'.",
        DnsError.Refused => $"The DNS servers refused to resolve '{name}'.",
        DnsError.MalformedResponse => $"The DNS servers sent unusable responses for '{name}'.",
        DnsError.NameNotAllowed => $"No address of '{name}' is allowed.",
        _ => $"The lookup of '{name}' failed.",
    };
}
