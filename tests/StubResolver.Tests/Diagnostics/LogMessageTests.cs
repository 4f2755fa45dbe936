using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver.Tests.Diagnostics;

/// <summary>Rules for all log messages.</summary>
public partial class LogMessageTests
{
    private static readonly LoggerMessageAttribute[] s_messages =
    [
        .. typeof(ResolverLog).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>(),
    ];

    [Fact]
    public void Messages_Ids_AreUniqueAndInTheBlocksOfTheirLayers()
    {
        s_messages.Should().NotBeEmpty().And.OnlyHaveUniqueItems(message => message.EventId);
        s_messages.Should().OnlyContain(message => message.EventId >= 1000 && message.EventId < 5100, "the package StubResolver.Extensions has those after");
    }

    [Fact]
    public void Messages_WithNamesThatAreLookedUp_AreAtDebugOrWarningsAboutThatName() =>
        s_messages.Where(message => LookedUpName().IsMatch(message.Message)).Should().NotBeEmpty().And.OnlyContain(
            message => message.Level == LogLevel.Debug || message.Level >= LogLevel.Warning, "names are private data");

    [Fact]
    public void Messages_Text_IsASentence() => s_messages.Should().OnlyContain(message => message.Message.EndsWith('.'));

    [GeneratedRegex(@"\{(Name|Host)\}")]
    private static partial Regex LookedUpName();
}
