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
    private DnsRecordType _askedType;
    private EdnsFields? _edns;
    private uint _extendedCode;
    private string? _zone;
    private uint _negativeSeconds;
    private bool _isCutShort;
    private int _position;

    public ResponseReader(ReadOnlySpan<byte> message, MessageHeader header, RetainedMemory memory)
    {
        _message = message;
        _header = header;
        _memory = memory;
        _position = MessageHeader.Size;
    }

    /// <summary>Reads the message; to be called once.</summary>
    public bool TryRead([NotNullWhen(true)] out Response? response)
    {
        response = null;
        if (!TryReadQuestion() || !TryReadAnswers())
        {
            return false;
        }

        bool isAuthorityWhole = !_isCutShort && TryReadAuthority();
        bool isWhole = isAuthorityWhole && TryReadAdditional();
        response = new Response(
            responseCode: (DnsResponseCode)((_extendedCode << 4) | (uint)_header.ResponseCode),
            isAuthoritative: _header.IsAuthoritative,
            isTruncated: _header.IsTruncated,
            isRecursionAvailable: _header.IsRecursionAvailable,
            isAuthenticated: _header.IsAuthenticated,
            answers: _answers.ToArray(),
            zone: _zone,
            negativeSeconds: _negativeSeconds,
            isAuthorityWhole: isAuthorityWhole,
            isWhole: isWhole,
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
        if (_position > _message.Length)
        {
            return false;
        }

        _askedType = (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(_message[(_position - QuestionTail)..]);
        return true;
    }

    /// <summary>Reads as many answers as the header claims; nothing is allocated for the claim.</summary>
    private bool TryReadAnswers()
    {
        for (int i = 0; i < _header.AnswerCount; i++)
        {
            if (TryReadRecord(out EncodedRecord record))
            {
                if (!TryTakeAnswer(record))
                {
                    return false;
                }
            }
            else
            {
                _isCutShort = _header.IsTruncated && EncodedRecord.IsCutShort(_message, _position);
                return _isCutShort;
            }
        }

        return true;
    }

    /// <summary>Takes a record of the answer section. One that nobody asked for is left out where it is malformed.</summary>
    private bool TryTakeAnswer(scoped in EncodedRecord record)
    {
        if (record.Class != DnsClass.Internet || record.Type == DnsRecordType.Opt)
        {
            return true;
        }

        if (!RecordData.TryRead(_message, record, out RecordData data))
        {
            return !IsAskedOrAlias(record.Type);
        }

        if (!RecordFactory.TryCreate(record, data, ref _memory, out DnsRecord created))
        {
            return false;
        }

        _answers.Add(created);
        return true;
    }

    private readonly bool IsAskedOrAlias(DnsRecordType type) =>
        type == _askedType || _askedType == DnsRecordType.Any || type is DnsRecordType.CName or DnsRecordType.DName;

    private bool TryReadAuthority()
    {
        bool isWhole = true;
        for (int i = 0; i < _header.AuthorityCount; i++)
        {
            if (!TryReadRecord(out EncodedRecord record))
            {
                _zone = null;
                return false;
            }

            if (record.Type == DnsRecordType.Soa && record.Class == DnsClass.Internet)
            {
                isWhole &= TryTakeZone(record);
            }
        }

        return isWhole;
    }

    private bool TryTakeZone(scoped in EncodedRecord soa)
    {
        if (!RecordData.TryRead(_message, soa, out RecordData data))
        {
            return false;
        }

        if (_zone is null && _memory.TryGetOwner(soa.Owner, out string owner))
        {
            _zone = owner;
            _negativeSeconds = Math.Min(soa.Ttl, BinaryPrimitives.ReadUInt32BigEndian(data.Octets[^4..]));
        }

        return true;
    }

    private bool TryReadAdditional()
    {
        bool isWhole = true;
        for (int i = 0; i < _header.AdditionalCount; i++)
        {
            if (!TryReadRecord(out EncodedRecord record))
            {
                return false;
            }

            if (record.Type == DnsRecordType.Opt)
            {
                isWhole &= TryTakeOpt(record);
            }
        }

        return isWhole;
    }

    /// <summary>Reads an OPT record: the first at the root counts (RFC 6891 §6.1.1); one that cannot be read counts as none.</summary>
    private bool TryTakeOpt(scoped in EncodedRecord opt)
    {
        if (_edns is not null
            || !opt.Owner.IsRoot
            || !EdnsFields.TryRead(_message.Slice(opt.DataOffset, opt.DataLength), ref _memory, out EdnsFields? edns))
        {
            return false;
        }

        _edns = edns;
        _extendedCode = opt.Ttl >> 24;
        return true;
    }

    private bool TryReadRecord(out EncodedRecord record)
    {
        if (!EncodedRecord.TryRead(_message, _position, out record))
        {
            return false;
        }

        _position = record.End;
        return true;
    }
}
