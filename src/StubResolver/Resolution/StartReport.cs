using Microsoft.Extensions.Logging;
using StubResolver.Configuration;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Says at the start of a resolver what it goes by.</summary>
internal static class StartReport
{
    /// <param name="logger">Where to tell.</param>
    /// <param name="choice">Who answers address lookups.</param>
    /// <param name="options">The options.</param>
    /// <param name="system">What the system says.</param>
    /// <param name="settings">What came of both.</param>
    public static void Log(ILogger logger, in ModeChoice choice, DnsResolverOptions options, SystemSnapshot system, ResolverSettings settings)
    {
        if (choice.UnreadableVariable is { } text)
        {
            ResolverLog.ModeUnreadable(logger, ModeChoice.VariableName, text);
        }

        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        string servers = string.Join(", ", settings.Servers);
        string origin = options.Servers.Count > 0 ? "the options" : system.Origin;
        string searchList = !settings.UseSearchList ? "off" : settings.SearchDomains.Count == 0 ? "none" : string.Join(' ', settings.SearchDomains);
        string section = options.DescribeSetting?.Invoke("") ?? "none";
        ResolverLog.ResolverStarts(
            logger, choice.Mode, choice.Reason, servers, origin, searchList, settings.Ndots, settings.LookupTimeout.TotalMilliseconds, section);
    }
}
