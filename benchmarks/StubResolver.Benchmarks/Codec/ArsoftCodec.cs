using System.Runtime.CompilerServices;
using ARSoft.Tools.Net.Dns;

namespace StubResolver.Benchmarks.Codec;

/// <summary>The encoder of ARSoft.Tools.Net, which is internal there; its parser is public.</summary>
internal static class ArsoftCodec
{
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Encode")]
    public static extern DnsRawPackage Encode(DnsMessageBase message);
}
