using System.Globalization;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>A payload type of a media line and what it stands for.</summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Name">As in <c>a=rtpmap</c> or RFC 3551; empty when nothing says what the number means.</param>
/// <param name="Clock">Ticks of the timestamp in a second; 0 with an empty name.</param>
/// <param name="Channels">1 when nothing is said.</param>
public readonly record struct SdpCodec(int PayloadType, string Name, int Clock, int Channels)
{
    /// <summary>RFC 4733 events: DTMF.</summary>
    public bool IsTelephoneEvent => Name.Equals("telephone-event", StringComparison.OrdinalIgnoreCase);

    /// <summary>Comfort noise (RFC 3389).</summary>
    public bool IsComfortNoise => Name.Equals("CN", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for what is only sent beside a codec: events and comfort noise.</summary>
    public bool IsSupplemental => IsTelephoneEvent || IsComfortNoise;

    /// <summary>
    /// True when a rule names this codec: <c>NAME</c>, <c>NAME/CLOCK</c> or <c>NAME/CLOCK/CHANNELS</c>, names in any case.
    /// </summary>
    public bool Is(ReadOnlySpan<char> rule)
    {
        int slash = rule.IndexOf('/');
        ReadOnlySpan<char> name = slash < 0 ? rule : rule[..slash];
        if (Name.Length == 0 || !name.Equals(Name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> rest = slash < 0 ? default : rule[(slash + 1)..];
        slash = rest.IndexOf('/');
        return IsNumber(slash < 0 ? rest : rest[..slash], Clock)
            && IsNumber(slash < 0 ? default : rest[(slash + 1)..], Channels);
    }

    /// <summary>True when both parties mean the same by it, under whatever payload types.</summary>
    public bool IsSameAs(SdpCodec other) => Name.Length == 0
        ? other.Name.Length == 0 && other.PayloadType == PayloadType
        : Clock == other.Clock && Channels == other.Channels && Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(ReadOnlySpan<char> text, int value) =>
        text.IsEmpty || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number == value);
}
