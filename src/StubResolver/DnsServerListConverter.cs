using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace StubResolver;

/// <summary>
/// Lets the configuration binder read one text for all servers, with commas or blanks between them: it would drop the text without a word, and the
/// system's servers would be asked. Never throws for a text, as <see cref="DnsServerConverter"/>.
/// </summary>
internal sealed class DnsServerListConverter : TypeConverter
{
    private static readonly char[] s_separators = [',', ' ', '\t', '\r', '\n'];

    // The list has no attribute of its own that a converter could stand in; one registration serves the process. Without dynamic code nothing binds
    // by reflection, and the descriptors stay out of the program.
    private static readonly TypeDescriptionProvider? s_registration = RuntimeFeature.IsDynamicCodeSupported
        ? TypeDescriptor.AddAttributes(typeof(IList<DnsServer>), new TypeConverterAttribute(typeof(DnsServerListConverter)))
        : null;

    private static readonly DnsServerConverter s_server = new();

    /// <summary>Makes the converter known.</summary>
    public static void Register() => GC.KeepAlive(s_registration);

    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value is string text
        ? text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries).Select(part => (DnsServer)s_server.ConvertFrom(context, culture, part)!).ToList()
        : base.ConvertFrom(context, culture, value);
}
