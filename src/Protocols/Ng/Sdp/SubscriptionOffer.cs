using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// The description that a subscriber is offered (docs/ng.md, recording servers; RFC 7866): new, of what is kept of the parties. Also the
/// answer to somebody who publishes, which nobody else's description is behind either.
/// </summary>
public sealed record SubscriptionOffer
{
    private const string LineEnd = "\r\n";

    /// <summary>Our address as the subscriber shall see it.</summary>
    public required IPAddress Address { get; init; }

    public required ImmutableArray<SubscriptionLine> Lines { get; init; }

    /// <summary>Whose <c>o=</c> and <c>s=</c> are shown, if only one is heard; null for our own.</summary>
    public SdpFacts? Session { get; init; }

    /// <summary>The session in our own <c>o=</c>.</summary>
    public required long SessionNumber { get; init; }

    /// <summary>How often this subscriber was offered something: the version rises with it (RFC 3264, section 8).</summary>
    public required int Offers { get; init; }

    /// <summary>In our own <c>s=</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>replace: origin</c>.</summary>
    public bool ReplacesOrigin { get; init; }

    /// <summary><c>transport-protocol</c>; <see cref="SdpProfile.None"/> for that of who is heard.</summary>
    public SdpProfile Profile { get; init; }

    public RtcpAttribute RtcpAttribute { get; init; }

    public CodecRules Codecs { get; init; } = CodecRules.None;

    /// <summary><c>sdp-attr</c>, done to all that is written.</summary>
    public ImmutableArray<AttributeRule> Attributes { get; init; } = [];

    /// <summary>It is the answer to who publishes: it takes one codec of each line, and hears it.</summary>
    public bool IsAnswer { get; init; }

    /// <summary><c>generate-mid</c>.</summary>
    public bool GeneratesMid { get; init; }

    public string Write()
    {
        var body = new StringBuilder();
        Add(body, "v=0");
        AddOrigin(body);
        Add(body, ConnectionLines.Line(Address));
        Add(body, "t=0 0");
        for (int i = 0; i < Lines.Length; i++)
        {
            if (Lines[i] is { Source: { } source, Ports: { } ports })
            {
                AddLine(body, Lines[i], source, ports, i + 1);
            }
            else
            {
                SdpMediaFacts? gone = Lines[i].Refused ?? Lines[i].Source?.Media[0];
                Add(body, $"m={gone?.Type ?? "audio"} 0 {gone?.Protocol ?? "RTP/AVP"} {gone?.Formats ?? "0"}");
            }
        }

        return AttributeEdits.Apply(body.ToString(), LineEnd, Attributes);
    }

    private void AddOrigin(StringBuilder body)
    {
        if (Session?.Origin is not { } origin)
        {
            Add(body, string.Create(CultureInfo.InvariantCulture, $"o=- {SessionNumber} {Offers} {ConnectionLines.Words(Address)}"));
            Add(body, "s=" + Name);
            return;
        }

        var edits = new SdpEdits(Session);
        if (origin.VersionNumber is { } version && version <= ulong.MaxValue - (ulong)Offers)
        {
            edits.Replace(origin.VersionPlace, (version + (ulong)Offers - 1).ToString(CultureInfo.InvariantCulture));
        }

        if (ReplacesOrigin)
        {
            ConnectionLines.ReplaceAddress(origin.Place, Address, edits);
        }

        string text = edits.Apply();
        SdpLine[] lines = SdpLine.Split(text, new TextSpan(0, text.Length));
        Add(body, lines.First(line => line.Type == 'o').Line.Copy(text));
        Add(body, lines.FirstOrDefault(line => line.Type == 's') is { Type: 's' } name ? name.Line.Copy(text) : "s=" + Name);
    }

    private void AddLine(StringBuilder body, SubscriptionLine line, SdpFacts source, in SdpMediaPorts ports, int index)
    {
        SdpMediaFacts media = source.Media[0];
        bool isRtp = media.Kind == SdpMediaKind.Rtp;
        (SdpFacts told, ImmutableArray<SdpCodec> codecs) = isRtp ? Sent(source, line.Listener) : (source, []);
        codecs = IsAnswer
            ? CodecSelection.OfAnswer(codecs, Codecs with { IsSingle = true }, []).Kept
            : CodecSelection.OfOffer(codecs, Codecs).Kept;
        string formats = isRtp ? string.Join(' ', codecs.Select(codec => codec.PayloadType)) : media.Formats;
        SdpProfile profile = Profile == SdpProfile.None || !isRtp ? media.Profile : Profile;
        string protocol = profile == SdpProfile.None ? ProtocolWord.Normal(media.Protocol) : profile.Token();
        Add(body, string.Create(CultureInfo.InvariantCulture, $"m={media.Type} {ports.Rtp} {protocol} {formats}").TrimEnd());
        AddCodecs(body, told, codecs, isRtp, profile);
        if (GeneratesMid)
        {
            Add(body, string.Create(CultureInfo.InvariantCulture, $"a=mid:{index}"));
        }

        Add(body, !line.IsSending ? "a=inactive" : IsAnswer ? "a=recvonly" : "a=sendonly");
        AddRtcp(body, ports, isRtp);
        if (isRtp && media.Section.Find(source.Text, "ptime") is { } ptime)
        {
            Add(body, ptime.Line.Copy(source.Text));
        }

        if ((line.Label ?? media.Label) is { } label)
        {
            Add(body, "a=label:" + label);
        }
    }

    /// <summary>What a party sends is in the words of who receives it, as far as it knows them itself.</summary>
    private static (SdpFacts Told, ImmutableArray<SdpCodec> Codecs) Sent(SdpFacts source, SdpFacts? listener)
    {
        ImmutableArray<SdpCodec> own = source.Media[0].Codecs;
        if (listener is null)
        {
            return (source, own);
        }

        ImmutableArray<SdpCodec> wanted = listener.Media[0].Codecs;
        ImmutableArray<SdpCodec> common = wanted.RemoveAll(codec => !own.Any(codec.IsSameAs));
        return (listener, common.All(codec => codec.IsSupplemental) ? wanted : common);
    }

    private static void AddCodecs(StringBuilder body, SdpFacts told, ImmutableArray<SdpCodec> codecs, bool isRtp, SdpProfile profile)
    {
        foreach (SdpAttribute attribute in told.Media[0].Section.Attributes)
        {
            ReadOnlySpan<char> name = attribute.Name.In(told.Text);
            int position = attribute.Value?.Start ?? 0;
            bool isKept = (!isRtp && name is not "label")
                || (AttributeKinds.IsOfPayloadType(name)
                    && (name is not "rtcp-fb" || profile.HasFeedback())
                    && SdpCodecReader.PayloadTypeOf(SdpWords.Next(told.Text, ref position, attribute.Value?.End ?? 0).In(told.Text)) is { } type
                    && codecs.Any(codec => codec.PayloadType == type));
            if (isKept)
            {
                Add(body, attribute.Line.Copy(told.Text));
            }
        }
    }

    private void AddRtcp(StringBuilder body, in SdpMediaPorts ports, bool isRtp)
    {
        if (isRtp && RtcpAttribute != RtcpAttribute.None)
        {
            string address = RtcpAttribute == RtcpAttribute.PortAndAddress ? " " + ConnectionLines.Words(Address) : "";
            Add(body, string.Create(CultureInfo.InvariantCulture, $"a=rtcp:{ports.Rtcp}{address}"));
        }

        if (isRtp && ports.IsMuxWritten)
        {
            Add(body, "a=rtcp-mux");
        }
    }

    private static void Add(StringBuilder body, string line) => body.Append(line).Append(LineEnd);
}
