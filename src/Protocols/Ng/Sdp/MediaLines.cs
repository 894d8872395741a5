using System.Globalization;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The lines of one media description, except <c>c=</c>.</summary>
internal sealed class MediaLines(SdpFacts facts, SdpRewriting plan, SdpEdits edits)
{
    public void Rewrite(MediaFate fate)
    {
        string protocol = ProtocolWord.Of(fate, plan);
        RewriteTitle(fate, protocol);
        string? mid = fate.Offered is null ? fate.Media.Mid : fate.Offered.Mid;
        bool hasMid = false;
        foreach (SdpAttribute attribute in fate.Media.Section.Attributes)
        {
            if (!attribute.Is(facts.Text, "mid"))
            {
                if (!IsKept(attribute, fate, protocol))
                {
                    edits.Remove(attribute.Line);
                }
            }
            else if (fate.Offered is null)
            {
                hasMid = true;
            }
            else if (hasMid || mid is null || attribute.Value is null)
            {
                edits.Remove(attribute.Line);
            }
            else
            {
                edits.Replace(attribute.Value.Value, mid);
                hasMid = true;
            }
        }

        if (!hasMid && fate.Offered is null && plan.GeneratesMid)
        {
            mid = NewMid(fate.Media.Index);
        }

        if (!hasMid && mid is not null)
        {
            Add(fate, "a=mid:" + mid);
        }

        if (fate is { Ports: { } ports, Media.Kind: SdpMediaKind.Rtp })
        {
            AddOurs(fate, ports);
        }
    }

    private void RewriteTitle(MediaFate fate, string protocol)
    {
        SdpMediaFacts media = fate.Media;
        if (media.NeedsPorts)
        {
            int port = fate.Ports?.Rtp ?? 0;
            edits.Replace(media.Line.Port, port.ToString(CultureInfo.InvariantCulture));
        }

        edits.Replace(media.Line.Transport, protocol);
        if (!fate.Codecs.Kept.SequenceEqual(media.Codecs))
        {
            edits.Replace(media.Line.Formats, string.Join(' ', fate.Codecs.Kept.Select(codec => codec.PayloadType)));
        }
    }

    private bool IsKept(SdpAttribute attribute, MediaFate fate, string protocol)
    {
        ReadOnlySpan<char> name = attribute.Name.In(facts.Text);
        if (fate.IsRefused)
        {
            return name is "label";
        }

        SdpMediaFacts media = fate.Media;
        if (media.Kind == SdpMediaKind.NotRelayed)
        {
            return name is not "bundle-only";
        }

        if (AttributeKinds.IsIce(name) || name is "bundle-only" || (plan.StripsExtmap && AttributeKinds.IsExtension(name)))
        {
            return false;
        }

        // Where the party itself gets RTCP; media that has none says nothing of it.
        if (name is "rtcp" or "rtcp-mux")
        {
            return false;
        }

        if (media.Kind != SdpMediaKind.Rtp)
        {
            return true;
        }

        return (plan.KeepsDirection || !AttributeKinds.IsDirection(name))
            && name is not "ptime"
            && (media.IsSecure || !AttributeKinds.IsKeying(name))
            && (!AttributeKinds.IsOfPayloadType(name) || IsOfKept(attribute, fate))
            && (name is not "rtcp-fb" || !media.Profile.HasFeedback() || SdpProfiles.Find(protocol).HasFeedback());
    }

    // A payload type that the line does not list has nothing to be described; what names no payload type stays.
    private bool IsOfKept(SdpAttribute attribute, MediaFate fate)
    {
        int position = attribute.Value?.Start ?? 0;
        int end = attribute.Value?.End ?? 0;
        return SdpCodecReader.PayloadTypeOf(SdpWords.Next(facts.Text, ref position, end).In(facts.Text)) is not int type
            || fate.Codecs.Kept.Any(codec => codec.PayloadType == type);
    }

    private void AddOurs(MediaFate fate, SdpMediaPorts ports)
    {
        if (!plan.KeepsDirection)
        {
            Add(fate, DirectionOf(fate.Media));
        }

        if (plan.RtcpAttribute == RtcpAttribute.Port)
        {
            Add(fate, string.Create(CultureInfo.InvariantCulture, $"a=rtcp:{ports.Rtcp}"));
        }
        else if (plan.RtcpAttribute == RtcpAttribute.PortAndAddress)
        {
            string address = ConnectionLines.Words(plan.Address);
            Add(fate, string.Create(CultureInfo.InvariantCulture, $"a=rtcp:{ports.Rtcp} {address}"));
        }

        if (ports.IsMuxWritten)
        {
            Add(fate, "a=rtcp-mux");
        }

        AddPtime(fate);
    }

    // At a null address nothing can be received (RFC 3264 section 8.4).
    private static string DirectionOf(SdpMediaFacts media) => media.Direction switch
    {
        MediaDirection.SendReceive => media.HasNullAddress ? "a=sendonly" : "a=sendrecv",
        MediaDirection.SendOnly => "a=sendonly",
        MediaDirection.ReceiveOnly => media.HasNullAddress ? "a=inactive" : "a=recvonly",
        _ => "a=inactive",
    };

    private void AddPtime(MediaFate fate)
    {
        if (plan.Ptime is int ptime)
        {
            Add(fate, string.Create(CultureInfo.InvariantCulture, $"a=ptime:{ptime}"));
        }
        else if (fate.Media.Section.Find(facts.Text, "ptime") is { } own)
        {
            Add(fate, own.Line.Copy(facts.Text));
        }
    }

    // The index, unless the peer uses that number for another line. Two lines never get the same: what comes in place of
    // a taken index is as far above all of them as the index says.
    private string NewMid(int index)
    {
        while (facts.Media.Any(media => media.Mid == index.ToString(CultureInfo.InvariantCulture)))
        {
            index += SdpFacts.MaxMedia;
        }

        return index.ToString(CultureInfo.InvariantCulture);
    }

    private void Add(MediaFate fate, string line) => edits.AddBehind(fate.Media.Section.Lines.Span[^1].Line, line);
}
