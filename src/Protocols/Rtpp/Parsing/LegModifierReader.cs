using System.Buffers;
using System.Net;
using System.Text;

namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>
/// Reads the modifiers of one <c>U</c> or <c>L</c> from left to right; the first wrong one decides the error (control
/// protocol, section 3.4).
/// </summary>
internal ref struct LegModifierReader(ReadOnlySpan<byte> text, List<AddressQuestion> questions)
{
    private static readonly SearchValues<byte> IPv4Bytes = SearchValues.Create("0123456789."u8);
    private static readonly SearchValues<byte> IPv6Bytes = SearchValues.Create("0123456789abcdefABCDEF:"u8);
    private static readonly SearchValues<byte> CodecBytes = SearchValues.Create("0123456789,"u8);

    public const int MaxPtimeMilliseconds = 999;

    private readonly List<AddressQuestion> _questions = questions;
    private ReadOnlySpan<byte> _rest = text;
    private bool? _asymmetric;
    private bool _weak;
    private bool _isIPv6;
    private bool _newPort;
    private Direction? _firstDirection;
    private Direction? _secondDirection;
    private int? _ptimeMilliseconds;
    private string? _codecs;
    private LocalSelector? _local;

    public ErrorCode Read(out LegModifiers modifiers)
    {
        modifiers = LegModifiers.None;
        bool isEmpty = _rest.IsEmpty;
        while (!_rest.IsEmpty)
        {
            char letter = Letters.Lower(_rest[0]);
            _rest = _rest[1..];
            ErrorCode error = ReadOne(letter);
            if (error != ErrorCode.None)
            {
                return error;
            }
        }

        if (!isEmpty)
        {
            modifiers = new LegModifiers(
                _asymmetric,
                _weak,
                _isIPv6,
                _firstDirection,
                _secondDirection,
                _newPort,
                _ptimeMilliseconds,
                _codecs,
                _local);
        }

        return ErrorCode.None;
    }

    private ErrorCode ReadOne(char letter)
    {
        switch (letter)
        {
            case 'a':
                _asymmetric = true;
                return ErrorCode.None;
            case 's':
                _asymmetric = false;
                return ErrorCode.None;
            case 'w':
                _weak = true;
                return ErrorCode.None;
            case '6':
                _isIPv6 = true;
                return ErrorCode.None;
            case 'n':
                _newPort = true;
                return ErrorCode.None;
            case 'e':
                return ReadDirection(Direction.External, ErrorCode.ExternalDirection);
            case 'i':
                return ReadDirection(Direction.Internal, ErrorCode.InternalDirection);
            case 'z':
                return ReadPtime() ? ErrorCode.None : ErrorCode.Ptime;
            case 'c':
                return ReadCodecs() ? ErrorCode.None : ErrorCode.CodecList;
            case 'l':
                return ReadLocal();
            case 'r':
                return ReadRoute();
            default:
                return ErrorCode.Modifier;
        }
    }

    private ErrorCode ReadDirection(Direction direction, ErrorCode otherwise)
    {
        if (_secondDirection is not null)
        {
            return otherwise;
        }

        _questions.Add(new AddressQuestion.IsBridging(otherwise));

        if (_firstDirection is null)
        {
            _firstDirection = direction;
        }
        else
        {
            _secondDirection = direction;
        }

        return ErrorCode.None;
    }

    private bool ReadPtime()
    {
        if (_rest is [(byte)'+', ..])
        {
            _rest = _rest[1..];
        }

        ReadOnlySpan<byte> digits = Take(DecimalNumber.DigitRun(_rest));
        if (!DecimalNumber.TryParsePositive(digits, MaxPtimeMilliseconds, out long milliseconds))
        {
            return false;
        }

        _ptimeMilliseconds = (int)milliseconds;
        return true;
    }

    private bool ReadCodecs()
    {
        ReadOnlySpan<byte> list = TakeRun(CodecBytes);
        if (list.IsEmpty || _codecs is not null)
        {
            return false;
        }

        _codecs = Encoding.Latin1.GetString(list);
        return true;
    }

    private ErrorCode ReadLocal()
    {
        if (_rest is [(byte)'{', ..])
        {
            return ReadLabel();
        }

        if (!TakeLiteral(out ReadOnlySpan<byte> literal, out bool isIPv6))
        {
            return ErrorCode.LocalAddressSyntax;
        }

        if (!TryParse(literal, isIPv6, out IPAddress? address))
        {
            return ErrorCode.LocalAddress;
        }

        _local = new LocalSelector.Literal(address!); // any will do: what cannot be bound has no ports
        return ErrorCode.None;
    }

    private ErrorCode ReadLabel()
    {
        int length = _rest.IndexOf((byte)'}') - 1;
        if (length < 1)
        {
            return ErrorCode.LocalAddressSyntax;
        }

        string label = Encoding.Latin1.GetString(_rest.Slice(1, length));
        _rest = _rest[(length + 2)..];
        Select(new LocalSelector.Labelled(label), ErrorCode.LocalAddress);
        return ErrorCode.None;
    }

    private ErrorCode ReadRoute()
    {
        if (!TakeLiteral(out ReadOnlySpan<byte> literal, out bool isIPv6))
        {
            return ErrorCode.RouteAddressSyntax;
        }

        if (!TryParse(literal, isIPv6, out IPAddress? remote))
        {
            return ErrorCode.RouteAddress;
        }

        Select(new LocalSelector.RouteTo(remote!), ErrorCode.RouteAddress);
        return ErrorCode.None;
    }

    private void Select(LocalSelector selector, ErrorCode otherwise)
    {
        _local = selector;
        _questions.Add(new AddressQuestion.Has(selector, otherwise));
    }

    private bool TakeLiteral(out ReadOnlySpan<byte> literal, out bool isIPv6)
    {
        isIPv6 = _rest is [(byte)'[', ..];
        if (!isIPv6)
        {
            int length = UnbracketedIPv6.LengthOf(_rest);
            isIPv6 = length > 0;
            literal = isIPv6 ? Take(length) : TakeRun(IPv4Bytes);
            return !literal.IsEmpty;
        }

        _rest = _rest[1..];
        literal = TakeRun(IPv6Bytes);
        if (literal.IsEmpty || _rest is not [(byte)']', ..])
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private static bool TryParse(ReadOnlySpan<byte> literal, bool isIPv6, out IPAddress? address) => isIPv6
        ? AddressLiteral.TryParseIPv6(literal, out address)
        : AddressLiteral.TryParseIPv4(literal, out address);

    private ReadOnlySpan<byte> TakeRun(SearchValues<byte> allowed)
    {
        int length = _rest.IndexOfAnyExcept(allowed);
        return Take(length < 0 ? _rest.Length : length);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
