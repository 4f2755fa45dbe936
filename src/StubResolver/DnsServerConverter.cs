using System.ComponentModel;
using System.Globalization;

namespace StubResolver;

/// <summary>
/// Lets the configuration binder read servers. Never throws for a text: the binder swallows a converter's exceptions, so an unreadable
/// text becomes a server that options validation reports.
/// </summary>
internal sealed class DnsServerConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value is string text
        ? DnsServer.TryParse(text, out DnsServer? server) ? server : DnsServer.Unreadable(text)
        : base.ConvertFrom(context, culture, value);
}
