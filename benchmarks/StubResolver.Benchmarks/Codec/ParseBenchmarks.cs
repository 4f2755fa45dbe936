using ARSoft.Tools.Net.Dns;
using BenchmarkDotNet.Attributes;
using StubResolver.Wire;

namespace StubResolver.Benchmarks.Codec;

/// <summary>From the octets of an answer to its records.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private readonly object _dnsClient = DnsClientCodec.CreateHandler();
    private byte[] _message = [];

    /// <summary>Gets or sets the number of A records in the answer.</summary>
    [Params(1, 4, 16, 40)]
    public int Records { get; set; }

    /// <summary>Writes the answer.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _message = SampleMessages.CreateAnswer(Records);
        if (StubResolver() != Records || DnsClient() != Records || Arsoft() != Records)
        {
            throw new InvalidOperationException("A parser found another number of records.");
        }
    }

    [Benchmark]
    public int StubResolver() => Response.TryParse(_message, SampleMessages.Name, out Response? response) ? response.Answers.Length : -1;

    [Benchmark(Baseline = true, Description = "DnsClient 1.8.0")]
    public int DnsClient() => DnsClientCodec.GetAnswers(DnsClientCodec.Parse(_dnsClient, _message)).Count;

    [Benchmark(Description = "ARSoft.Tools.Net 3.6.1")]
    public int Arsoft() => DnsMessage.Parse(_message).AnswerRecords.Count;
}
