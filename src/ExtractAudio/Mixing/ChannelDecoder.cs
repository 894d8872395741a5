using RtpProxy.ExtractAudio.Loading;

namespace RtpProxy.ExtractAudio.Mixing;

/// <summary>
/// Makes one channel's samples, 8,000 a second: decoded packets, and silence where the timestamps or the arrival times say
/// that there was a gap. Nothing is cut where packets overlap.
/// </summary>
internal sealed class ChannelDecoder : IDisposable
{
    private const int SamplesPerSecond = 8_000;
    private const int MaxSilence = 4_000; // at a time, then the gap is looked at again
    private const uint HalfCycle = 1u << 31; // "ahead" by more is behind, where the timestamps wrap
    private const double ClockTolerance = 1.0; // seconds that timestamps may be ahead of arrivals
    private const double LateTolerance = 0.2; // seconds that arrivals may be ahead of what was produced
    private const double StallTolerance = 1.0; // later than that, it may be that packets were held up on the way
    private const int MaxLookAhead = 4_096;

    private readonly PacketCursor _packets;
    private readonly PayloadReader _payloads;
    private readonly ChannelCodecs _codecs;
    private readonly bool _withGaps;
    private readonly MixingContext _context;
    private readonly double _start;
    private readonly short[] _scratch;

    private short[] _decoded = [];
    private int _available;
    private int _position;
    private int _silence;

    private int _heldUp; // packets that came late but whose successors did not
    private bool _isPause; // before the next packet, as looking ahead has shown

    private uint _nextTimestamp;
    private uint _startTimestamp;
    private long _produced;

    /// <param name="channel">The packets.</param>
    /// <param name="withGaps">False to put packet after packet.</param>
    /// <param name="context">What all channels share.</param>
    public ChannelDecoder(RecordedChannel channel, bool withGaps, MixingContext context)
    {
        Side = channel.Side;
        _packets = new PacketCursor(channel.Blocks, context.Spill);
        _payloads = context.Payloads;
        _codecs = new ChannelCodecs(context.Complaints);
        _withGaps = withGaps;
        _context = context;
        _start = channel.StartSeconds;
        _startTimestamp = _nextTimestamp = channel.First.Timestamp.Value;
        _scratch = context.Scratch;
    }

    public RecordedSide Side { get; }

    /// <summary>The sample that was taken last came out of a packet.</summary>
    public bool IsSounding { get; private set; }

    /// <summary>Samples of silence that come next for certain.</summary>
    public int SilenceAhead => _position < _available ? 0 : _silence;

    /// <summary>Leaves out some of <see cref="SilenceAhead"/>.</summary>
    public void SkipSilence(int samples) => _silence -= samples;

    /// <summary>False at the end of the channel.</summary>
    public bool TryTake(out short sample)
    {
        while (true)
        {
            if (_position < _available)
            {
                sample = _decoded[_position++];
                IsSounding = true;
                return true;
            }

            IsSounding = false;
            if (_silence > 0)
            {
                _silence--;
                sample = 0;
                return true;
            }

            if (!Refill())
            {
                sample = 0;
                return false;
            }
        }
    }

    public void Dispose() => _codecs.Dispose();

    /// <summary>Takes one step with the next packet: silence before it, or its samples, or neither.</summary>
    private bool Refill()
    {
        if (!_packets.TryPeek(out PacketEntry packet))
        {
            return false;
        }

        uint timestamp = packet.Timestamp.Value;
        double elapsed = packet.ArrivalSeconds - _start;
        if (HasJumped(timestamp, elapsed))
        {
            // Begin to count anew from here; how long nothing was sent is told by the arrival.
            _nextTimestamp = timestamp;
            _startTimestamp = unchecked(timestamp - (uint)(long)(elapsed * SamplesPerSecond));
        }

        uint ahead = timestamp - _nextTimestamp;
        if (ahead is > 0 and <= HalfCycle)
        {
            uint gap = Math.Min(ahead, MaxSilence);
            _nextTimestamp += gap;
            BeSilent((int)gap);
        }
        else if (elapsed - ((double)_produced / SamplesPerSecond) > LateTolerance && IsPauseBefore(packet, elapsed))
        {
            // The packets came later than their timestamps say: catch up half of it.
            BeSilent((int)Math.Min((long)(((elapsed * SamplesPerSecond) - _produced) / 2), MaxSilence));
        }
        else
        {
            Decode(packet);
            _packets.Advance();
            _heldUp = Math.Max(_heldUp - 1, 0);
            _isPause = false;
            _context.PacketDone();
        }

        return true;
    }

    /// <summary>
    /// Whether the sender's timestamps have left the clock by which packets arrived: since the start, or by a leap that would
    /// make more silence than there was time for.
    /// </summary>
    private bool HasJumped(uint timestamp, double elapsed)
    {
        uint ahead = timestamp - _nextTimestamp;
        return (timestamp - _startTimestamp) / SamplesPerSecond > elapsed + ClockTolerance
            || (ahead is > 0 and <= HalfCycle && _produced + ahead > (elapsed + ClockTolerance) * SamplesPerSecond);
    }

    /// <summary>
    /// False when the packet was only held up on the way: others that belong behind it came as if nothing had been. Silence here
    /// would be there twice, since their timestamps go on.
    /// </summary>
    private bool IsPauseBefore(in PacketEntry packet, double elapsed)
    {
        if (_heldUp > 0 || _isPause || elapsed - ((double)_produced / SamplesPerSecond) <= StallTolerance)
        {
            return _heldUp == 0;
        }

        PacketCursor cursor = _packets.Fork();
        cursor.Advance();
        for (int distance = 1; distance <= MaxLookAhead && cursor.TryPeek(out PacketEntry next); distance++)
        {
            int ahead = next.Timestamp.DistanceFrom(packet.Timestamp);
            if (ahead < 0 || next.ArrivalSeconds > packet.ArrivalSeconds + StallTolerance)
            {
                break;
            }

            double late = next.ArrivalSeconds - _start - ((double)(_produced + ahead) / SamplesPerSecond);
            if (late <= LateTolerance)
            {
                _heldUp = distance;
                return false;
            }

            cursor.Advance();
        }

        _isPause = true;
        return true;
    }

    private void BeSilent(int samples)
    {
        _produced += samples;
        _silence = _withGaps ? samples : 0;
    }

    private void Decode(in PacketEntry packet)
    {
        _position = _available = 0;
        if (_codecs.For(packet.PayloadType) is not { } decoder)
        {
            return;
        }

        int samples = decoder.Decode(_payloads.Read(packet), _scratch);
        if (_decoded.Length < samples)
        {
            _decoded = new short[samples];
        }

        _scratch.AsSpan(0, samples).CopyTo(_decoded);
        _available = samples;
        _context.DecodedSamples += samples;
        _produced += samples;
        _nextTimestamp += (uint)samples;
    }
}
