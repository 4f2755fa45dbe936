using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;
using BenchmarkDotNet.Attributes;
using DnsClient;
using StubResolver.Wire;

namespace StubResolver.Benchmarks.Codec;

/// <summary>From a name as text to the octets of a query with EDNS, in a buffer that is used again.</summary>
[MemoryDiagnoser]
public class EncodeBenchmarks
{
    private readonly byte[] _buffer = new byte[QueryWriter.MaxLength];
    private readonly object _handler = DnsClientCodec.CreateHandler();
    private readonly DnsQuerySettings _settings = new(new DnsClient.DnsQueryOptions());

    /// <summary>Checks that all three write something.</summary>
    [GlobalSetup]
    public void Setup()
    {
        int shortest = SampleMessages.CreateAnswer(0).Length;
        if (StubResolver() != shortest || DnsClient() < shortest || Arsoft() < shortest)
        {
            throw new InvalidOperationException("An encoder wrote too little.");
        }
    }

    [Benchmark]
    public int StubResolver()
    {
        Span<byte> name = stackalloc byte[EncodedName.MaxLength];
        NameWriter.TryWrite(SampleMessages.Name, name, out int length);
        Query query = new(0x1234, name[..length], DnsRecordType.A, udpPayloadSize: 1232);
        return QueryWriter.TryWrite(query, _buffer, out int written) ? written : -1;
    }

    [Benchmark(Baseline = true, Description = "DnsClient 1.8.0")]
    public int DnsClient()
    {
        DnsClient.DnsQuestion question = new(SampleMessages.Name, QueryType.A);
        object request = DnsClientCodec.CreateRequest(DnsClientCodec.CreateHeader(useRecursion: true, DnsOpCode.Query), question, _settings);
        object writer = DnsClientCodec.CreateWriter();
        using ((IDisposable)writer)
        {
            DnsClientCodec.Encode(_handler, request, writer);
            return DnsClientCodec.GetLength(writer);
        }
    }

    [Benchmark(Description = "ARSoft.Tools.Net 3.6.1")]
    public int Arsoft()
    {
        DnsMessage message = new() { IsEDnsEnabled = true };
        message.Questions.Add(new ARSoft.Tools.Net.Dns.DnsQuestion(DomainName.Parse(SampleMessages.Name), RecordType.A, RecordClass.INet));
        return ArsoftCodec.Encode(message).Length;
    }
}
