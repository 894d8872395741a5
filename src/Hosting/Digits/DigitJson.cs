using System.Buffers;
using System.Text.Json;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits;

namespace RtpProxy.Hosting.Digits;

/// <summary>Writes a digit as rtpengine does, for Kamailio's and others' readers (docs/ng.md, digits).</summary>
internal static class DigitJson
{
    private const string Keys = "0123456789*#ABCD "; // by their numbers in RFC 4733, section 3.2
    private const long MillisecondsPerSecond = 1000;

    /// <param name="at">Seconds since the UNIX epoch.</param>
    public static byte[] Write(CallDigit told, long at)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("callid", told.CallId);
            json.WriteString("source_tag", told.Party.Tag ?? "");
            if (told.Party.Label is { } label)
            {
                json.WriteString("source_label", label);
            }

            json.WriteStartArray("tags");
            foreach (CallParty party in told.Call.Parties)
            {
                if (party.Tag is { } tag)
                {
                    json.WriteStringValue(tag);
                }
            }

            json.WriteEndArray();
            json.WriteString("type", "DTMF");
            json.WriteNumber("timestamp", at);
            json.WriteString("source_ip", told.Source.IsKnown ? told.Source.ToIPAddress().ToString() : "");
            json.WriteNumber("event", Keys.IndexOf(told.Digit.Key, StringComparison.Ordinal));
            json.WriteNumber("duration", told.Digit.Duration * MillisecondsPerSecond / told.Clock);
            json.WriteNumber("volume", told.Digit.Volume);
            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }
}
