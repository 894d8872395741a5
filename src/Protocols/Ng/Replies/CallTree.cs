using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>Writes the keys of a call into the dictionary of a reply (ng protocol, 7.1).</summary>
/// <param name="detail">What is left out.</param>
/// <param name="shown">How many parties are shown, the oldest first.</param>
internal readonly struct CallTree(NgWriter writer, CallDetail detail, int shown)
{
    public void Write(CallFigures call)
    {
        long created = Microseconds(call.Created);
        writer.Number("created", call.Created.ToUnixTimeSeconds());
        writer.Number("created_us", created % 1_000_000);
        writer.Number("created_ts", created);
        writer.Number("last signal", call.LastSignal.ToUnixTimeSeconds());
        writer.Number("last redis update", 0);
        if (call.Metadata is not null)
        {
            writer.Text("metadata", call.Metadata);
        }

        WriteTotals(call);
        if (call.IsRecording)
        {
            writer.BeginDictionary("recording");
            writer.Number("call recording", 1);
            writer.Number("forwarding", 0);
            writer.End();
        }

        WriteSources(call);
        writer.BeginDictionary("tags");
        int untagged = 0;
        foreach (PartyFigures party in call.Parties.Take(shown))
        {
            writer.BeginDictionary(party.Tag ?? $"<untagged {++untagged}>");
            WriteParty(party);
            writer.End();
        }

        writer.End();
    }

    // What is received on a port for both counts as RTP. Of all parties, also of those that are left out.
    private void WriteTotals(CallFigures call)
    {
        TrafficFigures rtp = default;
        TrafficFigures rtcp = default;
        foreach (StreamFigures stream in call.Parties.SelectMany(party => party.Medias).SelectMany(media => media.Streams))
        {
            if (stream.IsRtcp)
            {
                rtcp += stream.Received;
            }
            else
            {
                rtp += stream.Received;
            }
        }

        writer.BeginDictionary("totals");
        WriteTraffic("RTP", rtp);
        WriteTraffic("RTCP", rtcp);
        writer.End();
    }

    // One that two parties send, as loops do, is written once: keys are not repeated.
    private void WriteSources(CallFigures call)
    {
        writer.BeginDictionary("SSRC");
        var written = new HashSet<uint>();
        foreach (SsrcFigures source in call.Parties.Take(shown).SelectMany(party => party.Medias).SelectMany(media => media.Ingress))
        {
            if (written.Add(source.Ssrc))
            {
                writer.BeginDictionary(source.Ssrc.ToString(System.Globalization.CultureInfo.InvariantCulture));
                WriteSource(source);
                writer.End();
            }
        }

        writer.End();
    }

    private void WriteParty(PartyFigures party)
    {
        writer.Text("tag", party.Tag ?? string.Empty);
        if (party.Label is not null)
        {
            writer.Text("label", party.Label);
        }

        if (party.ViaBranch is not null)
        {
            writer.Text("via-branch", party.ViaBranch);
        }

        if (party.Aliases.Count > 0)
        {
            writer.BeginList("tag-aliases");
            foreach (string alias in party.Aliases)
            {
                writer.Text(alias);
            }

            writer.End();
        }

        if (party.Metadata is not null)
        {
            writer.Text("metadata", party.Metadata);
        }

        writer.Number("created", party.Created.ToUnixTimeSeconds());
        WriteAssociations("subscriptions", party.Subscriptions);
        WriteAssociations("subscribers", party.Subscribers);
        writer.BeginList("medias");
        foreach (MediaFigures media in party.Medias)
        {
            WriteMedia(media);
        }

        writer.End();
        writer.BeginList("VSC");
        writer.End();
    }

    private void WriteAssociations(string key, IReadOnlyList<AssociationFigures> associations)
    {
        writer.BeginList(key);
        foreach (AssociationFigures association in associations)
        {
            writer.BeginDictionary();
            writer.Text("tag", association.Tag);
            writer.Text("type", association.IsSubscription ? "pub/sub" : "offer/answer");
            writer.End();
        }

        writer.End();
    }

    private void WriteMedia(MediaFigures media)
    {
        writer.BeginDictionary();
        writer.Number("index", media.Index);
        writer.Text("type", media.Type);
        writer.Text("protocol", media.Protocol);
        if (media.Codec is not null)
        {
            writer.Text("codec", media.Codec);
        }

        writer.BeginList("streams");
        var tree = new StreamTree(writer, detail);
        foreach (StreamFigures stream in media.Streams)
        {
            if (detail < CallDetail.NoRtcpStreams || !stream.IsRtcp)
            {
                tree.Write(stream);
            }
        }

        writer.End();
        FlagWords.Write(writer, media.Flags);
        WriteSources("ingress SSRCs", media.Ingress);
        if (detail < CallDetail.NoEgressSources)
        {
            WriteSources("egress SSRCs", media.Egress);
        }

        writer.End();
    }

    private void WriteSources(string key, IReadOnlyList<SsrcFigures> sources)
    {
        writer.BeginList(key);
        foreach (SsrcFigures source in sources)
        {
            writer.BeginDictionary();
            writer.Number("SSRC", source.Ssrc);
            WriteSource(source);
            writer.End();
        }

        writer.End();
    }

    private void WriteSource(SsrcFigures source)
    {
        writer.Number("packets", source.Packets);
        writer.Number("bytes", source.Bytes);
        writer.Number("last RTP timestamp", source.LastTimestamp);
        writer.Number("last RTP seq", source.LastSequenceNumber);
        writer.Number("cumulative loss", source.CumulativeLoss);
        var tree = new QualityTree(writer, WritesProgression: detail < CallDetail.NoProgression);
        if (source.Quality is not null)
        {
            tree.Write(source.Quality);
        }

        if (source.Reported is not null)
        {
            writer.BeginDictionary("rtcp");
            tree.Write(source.Reported);
            writer.End();
        }
    }

    private void WriteTraffic(string key, TrafficFigures traffic)
    {
        writer.BeginDictionary(key);
        TrafficWords.Write(writer, traffic);
        writer.End();
    }

    private static long Microseconds(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
