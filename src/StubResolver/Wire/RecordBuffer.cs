using System.Runtime.CompilerServices;

namespace StubResolver.Wire;

/// <summary>Collects the records of a section on the stack, and on the heap only beyond that, until their number is known.</summary>
internal struct RecordBuffer
{
    private const int InlineCapacity = 16;

    private FirstRecords _first;
    private List<DnsRecord>? _others;
    private int _count;

    public void Add(DnsRecord record)
    {
        if (_count < InlineCapacity)
        {
            _first[_count++] = record;
        }
        else
        {
            (_others ??= []).Add(record);
        }
    }

    public readonly DnsRecord[] ToArray()
    {
        if (_others is null)
        {
            return ((ReadOnlySpan<DnsRecord>)_first)[.._count].ToArray();
        }

        DnsRecord[] records = new DnsRecord[InlineCapacity + _others.Count];
        ((ReadOnlySpan<DnsRecord>)_first).CopyTo(records);
        _others.CopyTo(records, InlineCapacity);
        return records;
    }

    [InlineArray(InlineCapacity)]
    private struct FirstRecords
    {
        private DnsRecord _record;
    }
}
