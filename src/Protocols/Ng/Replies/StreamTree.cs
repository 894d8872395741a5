using System.Net;
using System.Net.Sockets;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>Writes an element of <c>streams</c> (ng protocol, 7.1).</summary>
internal readonly struct StreamTree(NgWriter writer, CallDetail detail)
{
    public void Write(StreamFigures stream)
    {
        writer.BeginDictionary();
        if (stream.Local is { } local)
        {
            writer.Number("local port", local.Port);
            writer.Text("local address", local.Address.ToString());
            writer.Text("family", Family(local));
        }

        WriteEndPoint("endpoint", stream.Remote);
        if (detail < CallDetail.NoAdvertisedEndpoints)
        {
            WriteEndPoint("advertised endpoint", stream.Advertised);
        }

        writer.Number("last packet", stream.LastPacket.ToUnixTimeSeconds());
        writer.Number("last kernel packet", 0);
        writer.Number("last user packet", stream.LastPacket.ToUnixTimeSeconds());
        if (stream.Ssrc is { } ssrc)
        {
            writer.Number("SSRC", ssrc);
        }

        FlagWords.Write(writer, stream.Flags);
        writer.BeginDictionary("stats");
        TrafficWords.Write(writer, stream.Received);
        writer.End();
        if (detail < CallDetail.NoSentTraffic)
        {
            writer.BeginDictionary("stats_out");
            TrafficWords.Write(writer, stream.Sent);
            writer.End();
        }

        writer.End();
    }

    private void WriteEndPoint(string key, IPEndPoint? endPoint)
    {
        writer.BeginDictionary(key);
        if (endPoint is not null)
        {
            writer.Text("family", Family(endPoint));
            writer.Text("address", endPoint.Address.ToString());
            writer.Number("port", endPoint.Port);
        }

        writer.End();
    }

    private static string Family(IPEndPoint endPoint) =>
        endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
}
