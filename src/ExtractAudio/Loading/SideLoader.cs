using System.Globalization;
using RtpProxy.Codecs.Srtp;
using RtpProxy.Media.Recording;
using RtpProxy.Rtp;
using RtpProxy.Tools.CommandLine;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>Reads one recording from front to back and sorts its packets into channels.</summary>
internal sealed class SideLoader(
    RecordedSide side,
    ChannelList channels,
    SpillFile spill,
    RecordingClock clock,
    Complaints complaints)
{
    private readonly ReceptionStatistics _statistics = new();
    private readonly byte[] _decrypted = new byte[AdHocRecord.MaxPacketLength];

    /// <summary>Reads a whole file.</summary>
    /// <param name="stream">The file, open for as long as payloads are read.</param>
    /// <param name="path">Its name.</param>
    /// <param name="key">For SRTP in a capture; null for plain RTP.</param>
    /// <param name="progress">Is told the bytes used up.</param>
    public LoadedSide Load(FileStream stream, string path, SrtpKey? key, Action<long> progress)
    {
        RecordingReader reader = new(stream);
        using SrtpReceiver? srtp = key is not null && reader.Format != RecordingFormat.AdHoc ? new SrtpReceiver(key) : null;
        long packets = 0;
        bool isConsistent = true;
        try
        {
            while (isConsistent && reader.TryRead(out RecordedPacket packet))
            {
                packets++;
                isConsistent = OnPacket(packet, srtp, path);
                progress(reader.Position);
            }
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            complaints.Add($"{path}: {SystemError.Describe(exception, path)}");
            return new LoadedSide(path, _statistics, packets > 0, false);
        }

        if (reader.Fault is { } fault)
        {
            complaints.Add($"{path}: {fault}");
        }

        bool isComplete = isConsistent && reader.Fault is null;
        return new LoadedSide(path, _statistics, isComplete || packets > 0, isComplete);
    }

    /// <summary>False when the analyser cannot go on, which ends the file.</summary>
    private bool OnPacket(in RecordedPacket recorded, SrtpReceiver? srtp, string path)
    {
        ReadOnlySpan<byte> bytes = recorded.Bytes;
        if (bytes.Length < RtpPacket.FixedHeaderLength)
        {
            return true;
        }

        if (!clock.IsPlausible(recorded.ArrivalSeconds))
        {
            complaints.AddRepeated("arrival time out of range", string.Create(
                CultureInfo.InvariantCulture,
                $"extractaudio: {path}: arrival time out of range, packet left out (at byte offset {recorded.RecordOffset})"));
            return true;
        }

        if (srtp is not null)
        {
            Span<byte> plain = _decrypted.AsSpan(0, bytes.Length);
            bytes.CopyTo(plain);
            if (!srtp.TryUnprotect(plain, out int length))
            {
                complaints.AddRepeated("decryption failed", "decryption failed");
                return true;
            }

            bytes = plain[..length];
        }

        RtpParseError error = RtpPacket.TryParseKnownRtp(bytes, out RtpPacket packet);
        if (error != RtpParseError.None)
        {
            _statistics.OnParseError();
            complaints.AddRepeated("rtp_packet_parse_raw() failed", $"rtp_packet_parse_raw() failed: {Describe(error)}");
            return true;
        }

        if (_statistics.OnRecordedPacket(packet, recorded.ArrivalSeconds) == ReceptionResult.BeforeRun)
        {
            complaints.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: update_rtpp_stats() failed (at byte offset {recorded.RecordOffset})"));
            return false;
        }

        Keep(recorded, packet, isDecrypted: srtp is not null);
        return true;
    }

    private void Keep(in RecordedPacket recorded, in RtpPacket packet, bool isDecrypted)
    {
        int samples = packet.SampleCount;
        if (samples <= 0)
        {
            complaints.AddRepeated(
                "packets without audio",
                string.Create(CultureInfo.InvariantCulture, $"pack->parsed.nsamples = {samples}"));
            return;
        }

        PacketEntry entry = new()
        {
            PayloadOffset = isDecrypted ? spill.Append(packet.Payload) : recorded.BytesOffset + packet.HeaderLength,
            Store = isDecrypted ? PayloadStore.Spill
                : side == RecordedSide.Answer ? PayloadStore.AnswerRecording : PayloadStore.OriginateRecording,
            PayloadLength = (ushort)packet.Payload.Length,
            PayloadType = packet.PayloadType,
            ArrivalSeconds = recorded.ArrivalSeconds,
            Timestamp = packet.Timestamp,
            Sequence = packet.Sequence,
        };
        if (!channels.TryAdd(packet.Ssrc, side, entry))
        {
            complaints.AddOnce(string.Create(
                CultureInfo.InvariantCulture,
                $"more than {ChannelList.MaxChannels} sources, the further ones are left out"));
        }
    }

    private static string Describe(RtpParseError error) => error switch
    {
        RtpParseError.TooShort => "packet is too short",
        RtpParseError.WrongVersion => "version is not 2",
        RtpParseError.CsrcListTruncated => "packet ends within the contributing sources",
        RtpParseError.ExtensionTruncated => "packet ends within the header extension",
        RtpParseError.PaddingMissing => "no padding follows the header",
        RtpParseError.PaddingIsZero => "padding of no bytes",
        RtpParseError.PaddingTooLong => "padding is longer than the packet",
        _ => error.ToString(),
    };
}
