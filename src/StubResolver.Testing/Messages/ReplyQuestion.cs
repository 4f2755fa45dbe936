namespace StubResolver.Testing.Messages;

/// <summary>A question that a reply has besides, or in place of, the query's.</summary>
internal sealed record ReplyQuestion(string Name, int Type, int Class);
