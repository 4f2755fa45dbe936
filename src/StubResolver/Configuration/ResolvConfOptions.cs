using System.Globalization;

namespace StubResolver.Configuration;

/// <summary>What "options" lines and RES_OPTIONS say (resolv.conf(5)).</summary>
internal record struct ResolvConfOptions
{
    private const int MaxNdots = 15;
    private const int MaxTimeoutSeconds = 30;

    public int? Ndots { get; private set; }

    public TimeSpan? AttemptTimeout { get; private set; }

    public int? Attempts { get; private set; }

    public bool RotateServers { get; private set; }

    /// <summary>Gets a value indicating whether all servers are asked over TCP.</summary>
    public bool UseTcp { get; private set; }

    public bool NoAaaa { get; private set; }

    /// <summary>Gets a value indicating whether EDNS, which is used unless told otherwise, is switched off.</summary>
    public bool NoEdns { get; private set; }

    public bool TrustAuthenticatedData { get; private set; }

    /// <summary>Gets a value indicating whether the file is read only once.</summary>
    public bool NoReload { get; private set; }

    /// <summary>Takes one option over; a later one wins, and a minus before its name switches a flag off again.</summary>
    /// <returns><see langword="false"/> if it is unknown or its number cannot be read.</returns>
    public bool TryAdd(ReadOnlySpan<char> option)
    {
        int colon = option.IndexOf(':');
        return colon >= 0 ? TryAddNumber(option[..colon], option[(colon + 1)..])
            : option.StartsWith('-') ? TrySetFlag(option[1..], isOn: false)
            : TrySetFlag(option, isOn: true);
    }

    /// <summary>Whether an option that could not be taken over is one that has a number.</summary>
    public static bool IsKnown(ReadOnlySpan<char> option) => option[..(option.IndexOf(':') is var colon and >= 0 ? colon : option.Length)] is "ndots" or "timeout" or "attempts";

    private bool TrySetFlag(ReadOnlySpan<char> name, bool isOn)
    {
        switch (name)
        {
            case "rotate":
                RotateServers = isOn;
                return true;
            case "use-vc" or "usevc" or "tcp": // the names of glibc, FreeBSD and OpenBSD
                UseTcp = isOn;
                return true;
            case "no-aaaa":
                NoAaaa = isOn;
                return true;
            case "edns0":
                NoEdns = !isOn;
                return true;
            case "trust-ad":
                TrustAuthenticatedData = isOn;
                return true;
            case "no-reload":
                NoReload = isOn;
                return true;
            case "single-request" or "single-request-reopen": // always so here
            case "inet6": // the addresses it made have gone from glibc
                return true;
            default:
                return false;
        }
    }

    private bool TryAddNumber(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (ReadNumber(value) is not { } number)
        {
            return false;
        }

        switch (name)
        {
            case "ndots":
                Ndots = Math.Min(number, MaxNdots);
                return true;
            case "timeout":
                AttemptTimeout = TimeSpan.FromSeconds(Math.Clamp(number, 1, MaxTimeoutSeconds));
                return true;
            case "attempts":
                Attempts = Math.Clamp(number, 1, DnsResolverOptions.MaxAttempts);
                return true;
            default:
                return false;
        }
    }

    // The digits before anything else, as C's atoi; a number too long to read is as good as the largest allowed.
    private static int? ReadNumber(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? text : text[..end];
        return digits.IsEmpty ? null
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : int.MaxValue;
    }
}
