namespace StubResolver.Resolution;

/// <summary>Tells host names from other names: what a stranger put into DNS may end up in a log, a page or a command line.</summary>
internal static class HostName
{
    /// <summary>
    /// Whether a name in text form can be the name of a host (RFC 1123 §2.1, with underscores): letters, digits, "-" and "_" in each label, no
    /// "-" at its ends, and not only digits and dots, which would be an address. The root counts: with MX and SRV it says that there is no host.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name is ".")
        {
            return true;
        }

        bool hasLetter = false;
        char last = '.';
        foreach (char c in name)
        {
            if (!IsAllowed(c) || (c == '-' && last == '.') || (c == '.' && last is '-' or '.'))
            {
                return false;
            }

            hasLetter |= c is not '.' && !char.IsAsciiDigit(c);
            last = c;
        }

        return hasLetter && last != '-';
    }

    /// <summary>Whether a lookup leaves out records whose targets are no host names. Names of services (RFC 6763 §4) hold anything.</summary>
    /// <param name="type">The type asked for.</param>
    /// <param name="isReverse">Whether the names of an address are asked for.</param>
    public static bool AreNeeded(DnsRecordType type, bool isReverse) => isReverse || type is DnsRecordType.Mx or DnsRecordType.Srv or DnsRecordType.Ns;

    /// <summary>Whether the target of a record is a host name; true for records without one.</summary>
    public static bool IsTargetOf(DnsRecord record) => record switch
    {
        DnsPtrRecord ptr => IsValid(ptr.Target),
        DnsMxRecord mx => IsValid(mx.Exchange),
        DnsSrvRecord srv => IsValid(srv.Target),
        DnsNsRecord ns => IsValid(ns.Target),
        _ => true,
    };

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
