using System.Runtime.InteropServices;

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// The head of a message in one of the many forms that RFC 3261 allows: compact names, folding, blanks, letter cases,
/// fields in any order, several values in one field.
/// </summary>
public sealed class WildHeaders(int seed)
{
    private readonly Random _random = new(seed);

    /// <param name="it">The facts.</param>
    /// <param name="callId">Its Call-ID.</param>
    /// <param name="vias">The values of Via, topmost first; the topmost stays so.</param>
    /// <param name="body">Content-Type and the like, and Content-Length.</param>
    public string Write(ModuleCase it, string callId, string[] vias, string body)
    {
        var fields = new List<string>
        {
            Field(["From", "f", "FROM", "from"], Party("alice", it.FromTag)),
            Field(["To", "t", "TO", "tO"], Party("bob", it.ToTag)),
            Field(["Call-ID", "i", "CALL-ID", "Call-id"], callId),
            Field(["CSeq", "CSEQ", "cseq"], $"{Pick(["1", "0001", "2147483647"])}{Pick([" ", "  ", "\t"])}{it.Method}"),
            Field(["Max-Forwards", "max-forwards"], "70"),
            Pick(["", "", "Accept: application/sdp\r\n", "Subject: m=audio 1 RTP/AVP 0\r\n", "s: c=IN IP4 10.7.7.7\r\n"]),
            Pick(["", "", "X-Long: " + new string('x', 1_500) + "\r\n", "X-Empty:\r\n", "X-Folded: a\r\n b\r\n\tc\r\n", "X-8bit: \u00e9\u00ff\r\n"]),
            Pick(["", "Contact: <sip:a@10.1.1.1;tag=c>;tag=d\r\n", "m: *\r\n"]),
        };
        fields.Add(body);
        _random.Shuffle(CollectionsMarshal.AsSpan(fields));
        return Vias(vias) + string.Concat(fields);
    }

    private string Vias(string[] vias)
    {
        string name = Pick(["Via", "v", "VIA"]);
        return vias.Length > 1 && _random.Next(2) == 0
            ? $"{name}: {vias[0]}{Pick([", ", ",", " , ", ",\r\n "])}{string.Join(", ", vias[1..])}\r\n"
            : string.Concat(vias.Select(via => $"{name}: {via}\r\n"));
    }

    private string Field(string[] names, string value) =>
        $"{Pick(names)}{Pick(["", "", "", " ", "\t"])}:{Pick([" ", " ", " ", "", "  ", "\t", "\r\n ", " \r\n\t"])}{value}{Pick(["", "", "", " ", "\t"])}\r\n";

    private string Party(string user, string? tag)
    {
        string uri = Pick([
            $"<sip:{user}@example.com>", $"\"A, b;tag=no\" <sip:{user}@example.com;x=y>", $"Some One <sip:{user}@example.com>",
            $"sip:{user}@example.com", $"<sip:{user}@example.com;tag=uri>", $"\"q\\\"\\\\\" <sip:{user}@[2001:db8::1]:5060>", $"<tel:+1-201-555-0123>",
            $"\"\" <sips:{user}:pw@example.com?h=v>",
        ]);
        string before = Pick(["", "", "", ";a=b", " ;a=\"x;tag=no\"", ";a"]);
        string after = Pick(["", "", "", ";z", " ; z = 1", ";z=\"tag=no\""]);
        string equals = Pick(["=", "=", "=", " = "]);
        return tag is null ? uri + before + after : $"{uri}{before}{Pick([";", ";", " ; "])}{Pick(["tag", "tag", "TAG", "Tag"])}{equals}{tag}{after}";
    }

    private string Pick(string[] among) => among[_random.Next(among.Length)];
}
