using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

/// <summary>An item with a text, and the last date it was told.</summary>
internal sealed class TestItem(string text) : CacheItem
{
    public string Text { get; } = text;

    public DateTimeOffset? Expiry { get; private set; }

    protected override void SetExpiry(DateTimeOffset date) => Expiry = date;
}
