using RtpProxy.Rtp;

namespace RtpProxy.Relay.Tests.Resizing;

/// <summary>
/// The media rules, section 5, written down a second time, step by step and without regard to cost: what the real one is
/// compared with.
/// </summary>
internal sealed class ResizerModel(int ptime)
{
    private readonly List<Queued> _queue = [];
    private readonly uint _out = (uint)(8 * ptime);
    private uint? _sent;
    private uint? _delta;
    private uint? _ssrc;
    private ushort? _sequence;

    /// <summary>A packet of the model: G.711 or G.729, so that bytes follow from samples.</summary>
    public sealed record Queued(uint Timestamp, int Samples, byte PayloadType, uint Ssrc, ushort Sequence, bool Marker, byte[] Payload);

    /// <summary>False when the packet came too late.</summary>
    public bool Put(Queued packet, decimal seconds)
    {
        if (_ssrc != packet.Ssrc)
        {
            _ssrc = packet.Ssrc;
            _sent = _delta = null;
        }

        if (_sent is { } sent && Less(packet.Timestamp, sent))
        {
            return false;
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
        return true;
    }

    public Queued? Take(decimal seconds)
    {
        if (_queue.Count == 0)
        {
            return null;
        }

        uint reference = (uint)(ulong)Math.Truncate(seconds * 8000) + _delta!.Value;
        uint hold = Math.Max(2 * _out, 320);
        if (_queue.Sum(q => q.Samples) < _out && Less(reference, _queue[0].Timestamp + hold))
        {
            return null;
        }

        int target = (int)((_out + 79) / 80 * 80); // both codecs: multiples of 80 samples
        Queued head = _queue[0];
        _queue.RemoveAt(0);
        Queued output = head;
        if (head.Samples > target)
        {
            (output, Queued rest) = Split(head, target);
            _queue.Insert(0, rest);
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

        ushort sequence = _sequence ?? output.Sequence;
        _sequence = (ushort)(sequence + 1);
        _sent = output.Timestamp + (uint)output.Samples;
        return output with { Sequence = sequence };
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
                });
    }

    private static bool IsClosed(Queued packet) =>
        packet.PayloadType == PayloadType.G729.Value && packet.Payload.Length % 10 != 0;

    private static bool Less(uint a, uint b) => a - b > 0x8000_0000u;
}
