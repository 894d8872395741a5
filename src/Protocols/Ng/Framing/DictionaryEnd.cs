namespace RtpProxy.Protocols.Ng.Framing;

/// <summary>
/// Finds the end of the message at the start of some bytes, going on where it stopped when more of them have come: bencode
/// delimits itself, JSON is delimited by braces outside of strings. Reads no values, needs no memory for nesting.
/// </summary>
internal struct DictionaryEnd
{
    private int _position;
    private int _depth;
    private State _state;
    private int _number;
    private bool _isJson;

    private enum State
    {
        Cookie,
        FirstByte,
        NoDictionary,
        Token,
        Integer,
        Length,
        InString,
        Escaped,
    }

    /// <summary>True once a byte of the message has been seen.</summary>
    public readonly bool HasBegun => _position > 0;

    /// <param name="message">The same bytes as before, and those that have come since.</param>
    /// <param name="isMalformed">True if a byte is neither a value nor an end.</param>
    /// <returns>The length of the message; -1 while its end is not there.</returns>
    public int Find(ReadOnlySpan<byte> message, out bool isMalformed)
    {
        isMalformed = false;
        while (_position < message.Length && !isMalformed)
        {
            byte next = message[_position++];
            switch (_state)
            {
                case State.Cookie:
                    _state = next == ' ' ? State.FirstByte : State.Cookie;
                    break;
                case State.FirstByte:
                    Begin(next);
                    break;
                case State.NoDictionary:
                    _position = message.Length;
                    break;
                default:
                    isMalformed = _isJson ? !StepJson(next) : !StepBencode(next, message.Length);
                    if (_depth == 0)
                    {
                        return _position;
                    }

                    break;
            }
        }

        return -1;
    }

    private void Begin(byte first)
    {
        _isJson = first == '{';
        _state = first is (byte)'d' or (byte)'{' ? State.Token : State.NoDictionary;
        _depth = 1;
    }

    private bool StepBencode(byte next, int available)
    {
        switch (_state, next)
        {
            case (State.Token, (byte)'d' or (byte)'l'):
                _depth++;
                return true;
            case (State.Token, (byte)'e'):
                _depth--;
                return true;
            case (State.Token, (byte)'i'):
                _state = State.Integer;
                return true;
            case (State.Token, >= (byte)'0' and <= (byte)'9'):
                _state = State.Length;
                _number = next - '0';
                return true;
            case (State.Length, >= (byte)'0' and <= (byte)'9'):
                _number = (_number * 10) + (next - '0');
                return _number <= NgLimits.MaxStreamMessage;
            case (State.Length, (byte)':'):
                _state = State.InString;
                Skip(available);
                return true;
            case (State.InString, _):
                _position--; // The byte is one of those that are skipped.
                Skip(available);
                return true;
            case (State.Integer, (byte)'e'):
                _state = State.Token;
                return true;
            case (State.Integer, (byte)'-' or (>= (byte)'0' and <= (byte)'9')):
                return true;
            default:
                return false;
        }
    }

    // Over the rest of a string, as much of it as is there.
    private void Skip(int available)
    {
        int skipped = Math.Min(_number, available - _position);
        _position += skipped;
        _number -= skipped;
        _state = _number == 0 ? State.Token : State.InString;
    }

    private bool StepJson(byte next)
    {
        switch (_state, next)
        {
            case (State.Token, (byte)'{'):
                _depth++;
                break;
            case (State.Token, (byte)'}'):
                _depth--;
                break;
            case (State.Token, (byte)'"'):
                _state = State.InString;
                break;
            case (State.InString, (byte)'"'):
                _state = State.Token;
                break;
            case (State.InString, (byte)'\\'):
                _state = State.Escaped;
                break;
            case (State.Escaped, _):
                _state = State.InString;
                break;
            default:
                break;
        }

        return true;
    }
}
