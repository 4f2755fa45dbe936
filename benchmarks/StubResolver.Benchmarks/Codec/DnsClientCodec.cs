using System.Runtime.CompilerServices;
using DnsClient;
using DnsClient.Protocol;

namespace StubResolver.Benchmarks.Codec;

/// <summary>
/// The codec of DnsClient. It is internal there, and every public way to it sends something; these accessors are direct calls, without reflection,
/// so that the codec alone is measured.
/// </summary>
internal static class DnsClientCodec
{
    private const string Handler = "DnsClient.DnsMessageHandler, DnsClient";
    private const string UdpHandler = "DnsClient.DnsUdpMessageHandler, DnsClient";
    private const string Request = "DnsClient.DnsRequestMessage, DnsClient";
    private const string RequestHeader = "DnsClient.DnsRequestHeader, DnsClient";
    private const string Response = "DnsClient.DnsResponseMessage, DnsClient";
    private const string Writer = "DnsClient.DnsDatagramWriter, DnsClient";

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(UdpHandler)]
    public static extern object CreateHandler();

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetResponseMessage")]
    [return: UnsafeAccessorType(Response)]
    public static extern object Parse([UnsafeAccessorType(Handler)] object handler, ArraySegment<byte> message);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Answers")]
    public static extern List<DnsResourceRecord> GetAnswers([UnsafeAccessorType(Response)] object response);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(RequestHeader)]
    public static extern object CreateHeader(bool useRecursion, DnsOpCode queryKind);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(Request)]
    public static extern object CreateRequest([UnsafeAccessorType(RequestHeader)] object header, DnsQuestion question, DnsQuerySettings settings);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(Writer)]
    public static extern object CreateWriter();

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Index")]
    public static extern int GetLength([UnsafeAccessorType(Writer)] object writer);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetRequestData")]
    public static extern void Encode([UnsafeAccessorType(Handler)] object handler, [UnsafeAccessorType(Request)] object request, [UnsafeAccessorType(Writer)] object writer);
}
