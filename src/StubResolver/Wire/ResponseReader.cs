using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace StubResolver.Wire;

/// <summary>Goes through the sections of a reply once, from front to back (RFC 1035 §4.1).</summary>
internal ref struct ResponseReader
{
    private const int QuestionTail = 4;

    private readonly ReadOnlySpan<byte> _message;
    private readonly MessageHeader _header;
    private RetainedMemory _memory;
    private RecordBuffer _answers;
    private EdnsFields? _edns;
    private uint _extendedCode;
    private uint? _negativeTtl;
    private bool _hasNs;
    private bool _isCutShort;
    private int _position;

    public ResponseReader(ReadOnlySpan<byte> message, MessageHeader header, RetainedMemory memory)
    {
        _message = message;
        _header = header;
        _memory = memory;
        _position = MessageHeader.Size;
    }

    private enum Section
    {
        Answer,
        Authority,
        Additional,
    }

    /// <summary>Reads the message; to be called once.</summary>
    public bool TryRead([NotNullWhen(true)] out Response? response)
    {
        response = null;
        if (!TryReadQuestion()
            || !TryReadSection(Section.Answer, _header.AnswerCount)
            || !TryReadSection(Section.Authority, _header.AuthorityCount)
            || !TryReadSection(Section.Additional, _header.AdditionalCount))
        {
            return false;
        }

        response = new Response(
            responseCode: (DnsResponseCode)((_extendedCode << 4) | (uint)_header.ResponseCode),
            isAuthoritative: _header.IsAuthoritative,
            isTruncated: _header.IsTruncated,
            isRecursionAvailable: _header.IsRecursionAvailable,
            isAuthenticated: _header.IsAuthenticated,
            answers: _answers.ToArray(),
            hasSoa: _negativeTtl is not null,
            negativeSeconds: _negativeTtl ?? 0,
            hasReferral: _hasNs && _negativeTtl is null,
            edns: _edns);
        return true;
    }

    /// <summary>Reads the question section: one question, or none in some error replies; more are malformed (RFC 9619 §4).</summary>
    private bool TryReadQuestion()
    {
        if (_header.QuestionCount == 0)
        {
            return true;
        }

        if (_header.QuestionCount > 1)
        {
            return false;
        }

        int length = _memory.AddExactQuestion(_message, _position);
        if (length == 0)
        {
            if (!EncodedName.TryRead(_message, _position, out EncodedName name, out length))
            {
                return false;
            }

            _memory.AddQuestion(name);
        }

        _position += length + QuestionTail;
        return _position <= _message.Length;
    }

    /// <summary>Reads records until as many are read as the header claims; nothing is allocated for the claim.</summary>
    private bool TryReadSection(Section section, int count)
    {
        for (int i = 0; i < count && !_isCutShort; i++)
        {
            if (EncodedRecord.TryRead(_message, _position, out EncodedRecord record))
            {
                if (!TryTake(section, record))
                {
                    return false;
                }

                _position = record.End;
            }
            else if (_header.IsTruncated && EncodedRecord.IsCutShort(_message, _position))
            {
                _isCutShort = true;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTake(Section section, scoped in EncodedRecord record)
    {
        if (record.Type == DnsRecordType.Opt)
        {
            return section == Section.Additional && TryTakeOpt(record);
        }

        if (!RecordData.TryRead(_message, record, out RecordData data))
        {
            return false;
        }

        if (record.Class != DnsClass.Internet || section == Section.Additional)
        {
            return true;
        }

        if (section == Section.Authority)
        {
            TakeAuthority(record, data);
            return true;
        }

        if (!RecordFactory.TryCreate(record, data, ref _memory, out DnsRecord created))
        {
            return false;
        }

        _answers.Add(created);
        return true;
    }

    private void TakeAuthority(scoped in EncodedRecord record, scoped in RecordData data)
    {
        if (record.Type == DnsRecordType.Soa)
        {
            uint minimum = BinaryPrimitives.ReadUInt32BigEndian(data.Octets[^4..]);
            _negativeTtl = Math.Min(_negativeTtl ?? uint.MaxValue, Math.Min(record.Ttl, minimum));
        }

        _hasNs |= record.Type == DnsRecordType.Ns;
    }

    /// <summary>Reads the OPT record: at most one, at the root (RFC 6891 §6.1.1).</summary>
    private bool TryTakeOpt(scoped in EncodedRecord opt)
    {
        _extendedCode = opt.Ttl >> 24;
        return _edns is null
            && opt.Owner.IsRoot
            && EdnsFields.TryRead(_message.Slice(opt.DataOffset, opt.DataLength), ref _memory, out _edns);
    }
}
