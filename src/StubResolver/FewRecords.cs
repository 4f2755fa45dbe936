using System.Collections;

namespace StubResolver;

/// <summary>One record or two, as nearly every answer has: half the size of an array in a read-only list.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
internal sealed class FewRecords<TRecord>(TRecord first, TRecord? second) : IReadOnlyList<TRecord>
    where TRecord : DnsRecord
{
    public int Count => second is null ? 1 : 2;

    public TRecord this[int index] => index switch
    {
        0 => first,
        1 when second is not null => second,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<TRecord> GetEnumerator()
    {
        yield return first;
        if (second is not null)
        {
            yield return second;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
