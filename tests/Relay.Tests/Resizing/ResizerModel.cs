using RtpProxy.Rtp;

namespace RtpProxy.Relay.Tests.Resizing;

/// <summary>
/// The media rules, section 5, written down a second time, step by step and without regard to cost: what the real one is
/// compared with.
/// </summary>
internal sealed class ResizerModel(int ptime)
{
    private readonly List<Queued> _queue = [];
    private readonly List<(uint Ssrc, ushort Sequence, uint Timestamp, byte PayloadType)> _seen = [];
    private readonly uint _out = (uint)(8 * ptime);
    private uint? _sent;
    private uint? _delta;
    private Queued? _newest;
    private (Queued Newest, decimal At)? _before;
    private List<(ushort Sequence, decimal At)> _late = [];
    private bool _isAnew;
    private bool _flushes;
    private int? _number;
    private int _shift;
    private bool _countsOn;
    private uint _numberedSsrc;

    /// <summary>A packet of the model: G.711 or G.729, so that bytes follow from samples.</summary>
    public sealed record Queued(
        uint Timestamp, int Samples, byte PayloadType, uint Ssrc, ushort Sequence, bool Marker, byte[] Payload, bool IsRest = false);

    /// <summary>"taken", "late" or "duplicate". What <see cref="Take"/> has then leaves before it.</summary>
    public string Judge(Queued packet, decimal seconds)
    {
        if (_seen.TakeLast(32).Contains((packet.Ssrc, packet.Sequence, packet.Timestamp, packet.PayloadType)))
        {
            return "duplicate";
        }

        _seen.Add((packet.Ssrc, packet.Sequence, packet.Timestamp, packet.PayloadType));
        if (_newest is null || packet.Ssrc != _newest.Ssrc)
        {
            if (_before is { } old
                && old.Newest.Ssrc == packet.Ssrc
                && seconds - old.At < 0.5m
                && (short)(packet.Sequence - old.Newest.Sequence) is <= 0 and >= -536)
            {
                return "late";
            }

            _before = _newest is null ? null : (_newest, seconds);
            return Begin(packet);
        }

        short ahead = (short)(packet.Sequence - _newest.Sequence);
        int later = (int)(packet.Timestamp - _newest.Timestamp);
        bool overlaps = _sent is { } sent && Less(packet.Timestamp, sent);
        if (ahead > 0 || later > 0)
        {
            if (overlaps || later < 0 || later > 8000)
            {
                return Begin(packet);
            }

            _newest = packet;
            _late = [];
            return "taken";
        }

        if (!overlaps && later >= -4000)
        {
            _late = [];
            return "taken";
        }

        bool follows = _late.Count > 0
            && (ushort)(_late[^1].Sequence + 1) == packet.Sequence
            && seconds - _late[^1].At < 0.2m;
        _late = [.. follows ? _late : [], (packet.Sequence, seconds)];
        return _late.Count >= 5 && later < -4000 ? Begin(packet) : "late";
    }

    /// <summary>A packet that was judged as taken, after what leaves before it.</summary>
    public void Put(Queued packet, decimal seconds)
    {
        if (_isAnew)
        {
            _isAnew = false;
            _sent = _delta = null;
        }

        uint now8 = (uint)(ulong)Math.Truncate(seconds * 8000);
        if (_delta is not { } delta)
        {
            _delta = packet.Timestamp - now8 + 40;
        }
        else
        {
            uint reference = now8 + delta;
            uint late = packet.Timestamp + _out + 160;
            if (Less(reference, packet.Timestamp))
            {
                _delta = packet.Timestamp - now8 + 40;
            }
            else if (Less(late, reference))
            {
                _delta -= (reference - late) / 2;
            }
        }

        int after = _queue.FindLastIndex(q => !Less(packet.Timestamp, q.Timestamp));
        _queue.Insert(after + 1, packet);
    }

    public Queued? Take(decimal seconds)
    {
        if (_queue.Count == 0)
        {
            _flushes = false;
            return null;
        }

        if (!_flushes && _queue.Sum(q => q.Samples) < _out && seconds * 8000 < DueInSamples(seconds))
        {
            return null;
        }

        int target = (int)((_out + 79) / 80 * 80); // both codecs: multiples of 80 samples
        Queued head = _queue[0];
        bool isWhole = !head.IsRest;
        _queue.RemoveAt(0);
        Queued output = head;
        if (head.Samples > target)
        {
            (output, Queued rest) = Split(head, target);
            _queue.Insert(0, rest);
            isWhole = false;
        }
        else
        {
            while (output.Samples < target && !IsClosed(output) && _queue.Count > 0)
            {
                Queued next = _queue[0];
                if (next.Timestamp != output.Timestamp + (uint)output.Samples || next.PayloadType != output.PayloadType)
                {
                    break;
                }

                _queue.RemoveAt(0);
                isWhole = false;
                if (next.Samples > target - output.Samples)
                {
                    (next, Queued? rest) = Split(next, target - output.Samples);
                    if (rest.Payload.Length > 0)
                    {
                        _queue.Insert(0, rest);
                    }
                }

                output = output with { Payload = [.. output.Payload, .. next.Payload], Samples = output.Samples + next.Samples };
            }
        }

        _sent = output.Timestamp + (uint)output.Samples;
        return output with { Sequence = Number(output, isWhole) };
    }

    /// <summary>Seconds at which the first that waits has waited long enough; null when nothing waits.</summary>
    public decimal? Due(decimal seconds) => _queue.Count == 0 ? null : DueInSamples(seconds) / 8000;

    private decimal DueInSamples(decimal seconds)
    {
        ulong now8 = (ulong)Math.Truncate(seconds * 8000);
        uint hold = Math.Max(2 * _out, 320);
        return (decimal)now8 + (int)(_queue[0].Timestamp + hold - ((uint)now8 + _delta!.Value));
    }

    private string Begin(Queued packet)
    {
        _newest = packet;
        _late = [];
        _isAnew = _flushes = true;
        return "taken";
    }

    /// <summary>Own numbers keep their distances until something was cut or joined; numbers never go back.</summary>
    private ushort Number(Queued output, bool isWhole)
    {
        _countsOn |= !isWhole;
        if (_number is not { } last)
        {
            _numberedSsrc = output.Ssrc;
            _number = output.Sequence;
            return output.Sequence;
        }

        int ahead = (short)(output.Sequence + _shift - last);
        bool anew = _countsOn || output.Ssrc != _numberedSsrc;
        _numberedSsrc = output.Ssrc;
        if (!anew && ahead > 0)
        {
            _number = last + ahead;
        }
        else
        {
            _number = last + 1;
            _shift = !anew && ahead >= -536 ? _shift + 1 : last + 1 - output.Sequence;
        }

        return (ushort)_number.Value;
    }

    private static (Queued Front, Queued Back) Split(Queued packet, int samples)
    {
        bool isG729 = packet.PayloadType == PayloadType.G729.Value;
        int bytes = isG729 ? (samples + 79) / 80 * 10 : samples;
        int taken = isG729 ? (samples + 79) / 80 * 80 : samples;
        return bytes >= packet.Payload.Length
            ? (packet, packet with { Payload = [] })
            : (packet with { Payload = packet.Payload[..bytes], Samples = taken },
                packet with
                {
                    Payload = packet.Payload[bytes..],
                    Samples = packet.Samples - taken,
                    Timestamp = packet.Timestamp + (uint)taken,
                    Marker = false,
                    IsRest = true,
                });
    }

    private static bool IsClosed(Queued packet) =>
        packet.PayloadType == PayloadType.G729.Value && packet.Payload.Length % 10 != 0;

    private static bool Less(uint a, uint b) => a - b > 0x8000_0000u;
}
