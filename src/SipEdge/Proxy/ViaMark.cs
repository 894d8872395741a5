using System.Globalization;
using System.Net;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>What the next hop adds to the topmost Via: where the request really came from (RFC 3261 section 18.2.1, RFC 3581).</summary>
internal readonly record struct ViaMark(IPEndPoint Source)
{
    /// <summary>The changes to the topmost Via; none when it tells the truth and asks for nothing.</summary>
    public SpliceList Changes(Via via)
    {
        var changes = new SpliceList();
        string address = Source.Address.ToString();
        if (via.Parameters.TryFind("rport", out HeaderParameter port))
        {
            string number = Source.Port.ToString(CultureInfo.InvariantCulture);
            changes.Replace(TextSpan.FromBounds(port.Name.End, Math.Max(port.Name.End, port.Value.End)), $"={number}");
        }

        if (via.Parameters.TryFind("received", out HeaderParameter received))
        {
            changes.Replace(TextSpan.FromBounds(received.Name.End, Math.Max(received.Name.End, received.Value.End)), $"={address}");
        }
        else if (via.AsksForPort || !Source.Address.Equals(via.SentBy.Address))
        {
            changes.Insert(via.Parameters.Span.End, $";received={address}");
        }

        return changes;
    }

    /// <summary>The Via field of a request with the mark, without its line end.</summary>
    public string ApplyTo(SipMessage request, SipHeader field)
    {
        string line = field.Line.Copy(request.Text);
        if (request.TopVia is not { } via)
        {
            return line.TrimEnd('\r', '\n');
        }

        var shifted = new SpliceList();
        foreach (Splice splice in Changes(via).Splices)
        {
            shifted.Replace(splice.Where with { Start = splice.Where.Start - field.Line.Start }, splice.Text);
        }

        return shifted.ApplyTo(line).TrimEnd('\r', '\n');
    }

    /// <summary>Where responses go (RFC 3261 section 18.2.2, RFC 3581 section 4).</summary>
    public IPEndPoint ReturnAddress(Via via) =>
        via.AsksForPort ? Source : new IPEndPoint(Source.Address, via.SentBy.Port ?? Transport.ListenPoint.DefaultPort);
}
