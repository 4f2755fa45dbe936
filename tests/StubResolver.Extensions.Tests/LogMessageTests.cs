using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace StubResolver.Extensions.Tests;

/// <summary>Rules for all log messages of this package.</summary>
public partial class LogMessageTests
{
    private static readonly LoggerMessageAttribute[] s_messages =
    [
        .. typeof(ExtensionsLog).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>(),
    ];

    [Fact]
    public void Messages_Ids_AreUniqueAndInTheBlocksOfThisPackage()
    {
        s_messages.Should().NotBeEmpty().And.OnlyHaveUniqueItems(message => message.EventId);
        s_messages.Should().OnlyContain(
            message => message.EventId / 100 == 41 || message.EventId / 100 == 51 || message.EventId / 100 == 61,
            "41xx is about configuration, 51xx about HTTP clients, 61xx about warm-up, and the package StubResolver has the others");
    }

    [Fact]
    public void Messages_WithNamesThatAreLookedUp_AreAtDebugOrWarningsAboutThatName() =>
        s_messages.Where(message => LookedUpName().IsMatch(message.Message)).Should().NotBeEmpty().And.OnlyContain(
            message => message.Level == LogLevel.Debug || message.Level == LogLevel.Warning, "names are private data");

    [Fact]
    public void Messages_Text_IsASentence() => s_messages.Should().OnlyContain(message => message.Message.EndsWith('.'));

    [GeneratedRegex(@"\{(Name|Host)\}")]
    private static partial Regex LookedUpName();
}
