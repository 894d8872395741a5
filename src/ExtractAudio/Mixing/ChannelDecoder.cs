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

    private readonly PacketCursor _packets;
    private readonly PayloadReader _payloads;
    private readonly ChannelCodecs _codecs;
    private readonly bool _withGaps;
    private readonly Action _packetDone;
    private readonly double _start;
    private readonly short[] _scratch;

    private short[] _decoded = [];
    private int _available;
    private int _position;
    private int _silence;

    private uint _nextTimestamp;
    private uint _startTimestamp;
    private long _produced;

    /// <param name="channel">The packets.</param>
    /// <param name="withGaps">False to put packet after packet.</param>
    /// <param name="context">What all channels share.</param>
    public ChannelDecoder(RecordedChannel channel, bool withGaps, MixingContext context)
    {
        Side = channel.Side;
        _packets = new PacketCursor(channel.Packets, context.Spill);
        _payloads = context.Payloads;
        _codecs = new ChannelCodecs(context.Complaints);
        _withGaps = withGaps;
        _packetDone = context.PacketDone;
        _start = channel.StartSeconds;
        _startTimestamp = _nextTimestamp = channel.Packets.First.Timestamp.Value;
        _scratch = context.Scratch;
    }

    public RecordedSide Side { get; }

    /// <summary>False at the end of the channel.</summary>
    public bool TryTake(out short sample)
    {
        while (true)
        {
            if (_position < _available)
            {
                sample = _decoded[_position++];
                return true;
            }

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
        if ((timestamp - _startTimestamp) / SamplesPerSecond > elapsed + ClockTolerance)
        {
            // The sender's timestamps have jumped: begin to count anew from here.
            _nextTimestamp = timestamp;
            _startTimestamp = unchecked(timestamp - (uint)(long)(elapsed * SamplesPerSecond));
        }

        uint ahead = timestamp - _nextTimestamp;
        if (_nextTimestamp < timestamp && ahead <= HalfCycle)
        {
            uint gap = Math.Min(ahead, MaxSilence);
            _nextTimestamp += gap;
            BeSilent((int)gap);
        }
        else if (elapsed - ((double)_produced / SamplesPerSecond) > LateTolerance)
        {
            // The packets came later than their timestamps say: catch up half of it.
            BeSilent((int)Math.Min((long)(((elapsed * SamplesPerSecond) - _produced) / 2), MaxSilence));
        }
        else
        {
            Decode(packet);
            _packets.Advance();
            _packetDone();
        }

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
        _produced += samples;
        _nextTimestamp += (uint)samples;
    }
}
