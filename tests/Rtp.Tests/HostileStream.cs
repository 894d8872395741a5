namespace RtpProxy.Rtp.Tests;

/// <summary>
/// A seeded sender that loses, repeats, reorders, jumps, wraps, restarts with a marker and changes its source, with a bias
/// for the numbers at which the rules of the analyser change.
/// </summary>
internal sealed class HostileStream(int seed)
{
    private static readonly byte[] PayloadTypes = [0, 8, 18, 3, 101, 14, 1, 6];

    private static readonly int[] Edges =
        [0, 1, 5, 535, 536, 537, 1_071, 1_072, 2_047, 2_048, 64_463, 64_999, 65_000, 65_001, 65_499, 65_500, 65_534, 65_535];

    private readonly Random _random = new(seed);
    private readonly List<ushort> _recent = [];
    private uint _ssrc = 1;
    private ushort _sequence = (ushort)(seed * 7_919);
    private uint _timestamp = (uint)(seed * 104_729);
    private long _arrival = 1_000_000_000;
    private byte _payloadType;

    public readonly record struct Packet(
        uint Ssrc,
        ushort Sequence,
        uint Timestamp,
        bool Marker,
        byte PayloadType,
        long ArrivalNanoseconds);

    public Packet Next()
    {
        _arrival += _random.Next(8) == 0 ? _random.Next(-5_000_000, 80_000_000) : 20_000_000;
        // Frames of video and events share a timestamp; late packets go back.
        _timestamp += (uint)(160 * (_random.Next(8) switch { 0 => 0, 1 => -1, _ => 1 }));
        bool marker = _random.Next(60) == 0;
        switch (_random.Next(40))
        {
            case < 22:
                _sequence++;
                break;
            case < 26 when _recent.Count > 0:
                _sequence = _recent[_random.Next(_recent.Count)];
                break;
            case < 28:
                _sequence += (ushort)_random.Next(-600, 600);
                break;
            case < 30:
                _sequence += (ushort)_random.Next(-2_200, 2_200);
                break;
            case < 33:
                _sequence = (ushort)(Edges[_random.Next(Edges.Length)] + _random.Next(-1, 2));
                break;
            case < 35:
                _sequence = (ushort)(_random.Next(2) == 0 ? _random.Next(536) : _random.Next(65_001, 65_536));
                break;
            case 35:
                _ssrc = (uint)_random.Next(1, 14);
                _sequence = (ushort)(_random.Next(2) == 0 ? _random.Next(540) : _random.Next(65_536));
                break;
            case 36:
                _timestamp = (uint)_random.NextInt64(1L << 32);
                break;
            case 37:
                _timestamp -= (uint)_random.Next(5_000);
                break;
            case 38:
                _payloadType = PayloadTypes[_random.Next(PayloadTypes.Length)];
                break;
            default:
                _sequence = (ushort)_random.Next(65_536);
                break;
        }

        _recent.Add(_sequence);
        if (_recent.Count > 12)
        {
            _recent.RemoveAt(_random.Next(12));
        }

        return new Packet(_ssrc, _sequence, _timestamp, marker, _payloadType, _arrival);
    }
}
