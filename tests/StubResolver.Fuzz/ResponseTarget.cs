using StubResolver.Tests.Wire;
using StubResolver.Wire;

namespace StubResolver.Fuzz;

/// <summary>The parser of replies.</summary>
internal sealed class ResponseTarget : FuzzTarget
{
    // What is retained is bounded by 4 times the message plus 4 KiB (and the record objects); on the way there tables are grown.
    private const int AllocatedPerOctet = 32;
    private const int AllocatedAlways = 16_384;

    public override string Name => "response";

    public override byte[] Next(Random random) => MessageMutation.Next(random);

    public override string? Check(byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRead = Response.TryParse(input, "www.test", out Response? response);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (isRead != response is not null)
        {
            return "the result contradicts the response";
        }

        if (allocated > (AllocatedPerOctet * input.Length) + AllocatedAlways)
        {
            return $"{allocated} B allocated for {input.Length} octets";
        }

        return response?.Answers.Any(record => record.ToString().Length == 0) == true ? "a record has no text" : null;
    }
}
