using System.Globalization;
using RtpProxy.Codecs.Srtp;
using RtpProxy.ExtractAudio.Survey;
using RtpProxy.Media.Recording;
using RtpProxy.Rtp;
using RtpProxy.Tools.CommandLine;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>Reads one recording from front to back and sorts its packets into channels.</summary>
/// <param name="input">The recording and what is known of it.</param>
/// <param name="parties">Knows whose packets are whose.</param>
/// <param name="channels">Takes the packets.</param>
/// <param name="spill">Takes decrypted payloads.</param>
/// <param name="complaints">Takes what is wrong.</param>
internal sealed class SideLoader(
    SideInput input,
    PartyList parties,
    ChannelList channels,
    SpillFile spill,
    Complaints complaints)
{
    private readonly RecordingClock _clock = new(input.Survey.Arrivals, input.ClockOffsetSeconds);
    private readonly PartyStatistics _statistics = new();
    private readonly byte[] _decrypted = new byte[AdHocRecord.MaxPacketLength];
    private Party _rest;

    /// <summary>Reads the whole file.</summary>
    /// <param name="key">For SRTP in a capture; null for plain RTP.</param>
    /// <param name="progress">Is told the bytes used up.</param>
    public LoadedSide Load(SrtpKey? key, Action<long> progress)
    {
        _rest = parties.Add(input.Survey);
        input.Stream.Position = 0;
        RecordingReader reader = new(input.Stream);
        using SrtpReceiver? srtp = key is not null && input.Survey.IsCapture ? new SrtpReceiver(key) : null;
        long packets = 0;
        try
        {
            while (!_statistics.HaveEnded && reader.TryRead(out RecordedPacket packet))
            {
                packets++;
                OnPacket(packet, srtp);
                progress(reader.Position);
            }
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            complaints.Add($"{input.Path}: {SystemError.Describe(exception, input.Path)}");
            return new LoadedSide(input.Path, _statistics.Printed, packets > 0, false);
        }

        if (reader.Fault is { } fault)
        {
            complaints.Add($"{input.Path}: {fault}");
        }

        bool isComplete = !_statistics.HaveEnded && reader.Fault is null;
        return new LoadedSide(input.Path, _statistics.Printed, isComplete || packets > 0, isComplete);
    }

    private void OnPacket(in RecordedPacket recorded, SrtpReceiver? srtp)
    {
        ReadOnlySpan<byte> bytes = recorded.Bytes;
        Flow flow = new(recorded.Source, recorded.Destination);
        if (bytes.Length < RtpPacket.FixedHeaderLength || !input.Includes(flow))
        {
            return;
        }

        if (srtp is not null)
        {
            Span<byte> plain = _decrypted.AsSpan(0, bytes.Length);
            bytes.CopyTo(plain);
            if (!srtp.TryUnprotect(plain, out int length))
            {
                complaints.AddRepeated("decryption failed", "decryption failed");
                return;
            }

            bytes = plain[..length];
        }

        RtpParseError error = RtpPacket.TryParseKnownRtp(bytes, out RtpPacket packet);
        if (error != RtpParseError.None)
        {
            complaints.AddRepeated("rtp_packet_parse_raw() failed", $"rtp_packet_parse_raw() failed: {Describe(error)}");
            return;
        }

        if (!double.IsNaN(recorded.ArrivalSeconds) || !input.Survey.IsCapture)
        {
            CheckTime(recorded);
        }

        double arrival = _clock.Arrival(recorded.ArrivalSeconds, packet);
        Party party = parties.Find(flow) ?? _rest;
        if (!_statistics.TryAdd(party, packet, arrival, out bool hasJustEnded))
        {
            if (hasJustEnded)
            {
                complaints.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{input.Path}: update_rtpp_stats() failed (at byte offset {recorded.RecordOffset})"));
            }

            return;
        }

        Keep(party, recorded, arrival, packet, isDecrypted: srtp is not null);
    }

    private void CheckTime(in RecordedPacket recorded)
    {
        if (!_clock.IsBelieved(recorded.ArrivalSeconds))
        {
            complaints.AddRepeated("arrival time out of range", string.Create(
                CultureInfo.InvariantCulture,
                $"extractaudio: {input.Path}: arrival time out of range, not believed (at byte offset {recorded.RecordOffset})"));
        }
    }

    private void Keep(Party party, in RecordedPacket recorded, double arrival, in RtpPacket packet, bool isDecrypted)
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
                : input.Side == RecordedSide.Answer ? PayloadStore.AnswerRecording : PayloadStore.OriginateRecording,
            PayloadLength = (ushort)packet.Payload.Length,
            PayloadType = packet.PayloadType,
            ArrivalSeconds = arrival,
            Timestamp = packet.Timestamp,
            Sequence = packet.Sequence,
        };
        _statistics.OnAudio(party);
        if (!channels.TryAdd(party, packet.Ssrc, input.Side, entry))
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
