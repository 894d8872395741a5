using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Snapshots;

/// <summary>Re-framing of what a party sends, in a <see cref="SessionSnapshot"/>: numbering, re-packetiser and the packets that wait.</summary>
internal sealed class ResizingSnapshot
{
    private readonly List<WaitingPacket> _queue = [];
    private bool _isNumbered;
    private OutgoingNumbersState _numbers;
    private bool _isResized;
    private ResizerState _resizer;
    private bool _isScheduled;
    private Instant _due;

    /// <summary>When audio leaves without another packet; null while nothing is scheduled.</summary>
    public Instant? Due => _isScheduled ? _due : null;

    public void Take(Leg leg)
    {
        _queue.Clear();
        _isNumbered = leg.Numbers is not null;
        _isResized = leg.Resizer is not null;
        _isScheduled = leg.ResizerPlace >= 0;
        _due = leg.ResizerDue;
        if (leg.Numbers is { } numbers)
        {
            _numbers = numbers.State;
        }

        if (leg.Resizer is { } resizer)
        {
            _resizer = resizer.State;
            foreach (ref readonly QueuedPacket packet in resizer.Queue)
            {
                _queue.Add(WaitingPacket.Of(packet));
            }
        }
    }

    /// <summary>Gives a leg what it had.</summary>
    public void Fill(Leg leg, PacketPool pool)
    {
        if (!_isNumbered)
        {
            return;
        }

        leg.Numbers = new OutgoingNumbers();
        leg.Numbers.State = _numbers;
        if (_isResized)
        {
            leg.Resizer = new Resizer(pool, leg.Numbers, _resizer.PtimeMilliseconds);
            leg.Resizer.State = _resizer;
            foreach (WaitingPacket packet in _queue)
            {
                leg.Resizer.PutBack(packet.ToQueued(pool));
            }
        }
    }

    public void Pass(ref SnapshotPass pass)
    {
        pass.Flag(ref _isNumbered);
        pass.Flag(ref _isResized);
        pass.Flag(ref _isScheduled);
        if (_isNumbered)
        {
            ResizerFields.Pass(ref pass, ref _numbers);
        }

        if (!_isResized)
        {
            _isScheduled = false;
            return;
        }

        if (!_isNumbered)
        {
            pass.Refuse();
        }

        pass.Moment(ref _due);
        ResizerFields.Pass(ref pass, ref _resizer);
        PassQueue(ref pass);
    }

    private void PassQueue(ref SnapshotPass pass)
    {
        int count = pass.Count(_queue.Count, Resizer.MaxQueued);
        if (pass.IsReading)
        {
            _queue.Clear();
        }

        for (int i = 0; i < count && pass.Fault == SnapshotFault.None; i++)
        {
            WaitingPacket packet = pass.IsReading ? default : _queue[i];
            packet.Pass(ref pass);
            if (pass.IsReading)
            {
                _queue.Add(packet);
            }
        }
    }

    /// <summary>A packet that waits: its bytes up to the end of the payload, and what was taken off it.</summary>
    private struct WaitingPacket
    {
        private byte[] _bytes;
        private int _payloadStart;
        private int _samples;
        private RtpTimestamp _timestamp;
        private bool _marker;

        public static WaitingPacket Of(in QueuedPacket packet)
        {
            byte[] bytes = packet.Buffer[..(packet.PayloadStart + packet.PayloadLength)];
            RtpHeaderWriter.ClearPadding(bytes); // which was not kept
            return new WaitingPacket
            {
                _bytes = bytes,
                _payloadStart = packet.PayloadStart,
                _samples = packet.Samples,
                _timestamp = packet.Timestamp,
                _marker = packet.Marker,
            };
        }

        public readonly QueuedPacket ToQueued(PacketPool pool)
        {
            RtpPacket.TryParseKnownRtp(_bytes, out RtpPacket packet);
            byte[] buffer = pool.Rent(_bytes.Length);
            _bytes.CopyTo(buffer, 0);
            return new QueuedPacket
            {
                Buffer = buffer,
                HeaderLength = packet.HeaderLength,
                PayloadType = packet.PayloadType,
                Ssrc = packet.Ssrc,
                Sequence = packet.Sequence,
                Timestamp = _timestamp,
                Samples = _samples,
                Marker = _marker,
                PayloadStart = _payloadStart,
                PayloadLength = _bytes.Length - _payloadStart,
            };
        }

        public void Pass(ref SnapshotPass pass)
        {
            _bytes ??= [];
            pass.Octets(ref _bytes, SnapshotLimits.Packet);
            pass.Number(ref _payloadStart);
            pass.Number(ref _samples, 1, SnapshotLimits.Samples);
            pass.Value(ref _timestamp);
            pass.Flag(ref _marker);
            if (pass.IsReading && !IsPossible())
            {
                pass.Refuse();
            }
        }

        private readonly bool IsPossible() =>
            RtpPacket.TryParseKnownRtp(_bytes, out RtpPacket packet) == RtpParseError.None
            && packet.HeaderLength + packet.Payload.Length == _bytes.Length
            && _payloadStart >= packet.HeaderLength
            && _payloadStart < _bytes.Length
            && packet.PayloadType.CountSamples(_bytes.AsSpan(_payloadStart)) > 0;
    }
}
