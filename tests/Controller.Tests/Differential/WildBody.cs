namespace RtpProxy.Controller.Tests.Differential;

/// <summary>A body and the fields that describe it: a description alone, among other parts, or something else.</summary>
public sealed class WildBody
{
    private readonly Random _random;

    public WildBody(Random random)
    {
        _random = random;
        if (_random.Next(3) > 0)
        {
            Text = Sdp();
            Type = ContentType(Pick(["application/sdp", "application/sdp", "application/sdp", "APPLICATION/Sdp", "application / sdp",
                "application/sdp;charset=utf-8", "application/sdp ; x=\"a;b\"", "application/sdp;", "application/SDP;handling=optional",
                "text/plain", "application/sdpx", "application", "application/x-sdp", "multipart/mixed"]));
            return;
        }

        string boundary = Pick(["b1", "b1", "----=_Part_1.2", "a'b()+_-./:=?z", "b 1", new string('x', 70), "1"]);
        bool quoted = boundary.Any(c => !char.IsAsciiLetterOrDigit(c)) || Chance(2);
        Type = ContentType($"{Pick(["multipart/mixed", "multipart/mixed", "Multipart/MIXED", "multipart/alternative", "multipart/related"])}"
            + $"{Pick([";", "; ", " ; "])}{Pick(["boundary", "Boundary"])}{(Chance(8) ? " = " : "=")}{(quoted ? $"\"{boundary}\"" : boundary)}");
        string end = Chance(8) ? "\n" : "\r\n";
        Text = (Chance(6) ? "preamble" + end : "")
            + string.Concat(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Part(boundary, end)))
            + $"--{boundary}--" + Pick(["\r\n", "\r\n", end, "", " \r\n"]);
    }

    public string Text { get; }

    /// <summary>The Content-Type field with its line end; empty for none.</summary>
    public string Type { get; }

    private string Part(string boundary, string end)
    {
        string head = $"--{boundary}{(Chance(12) ? " " : "")}{end}";
        string extra = Pick(["", "", "", $"Content-Disposition: session;handling=required{end}", $"Content-ID: <1@h>{end}", $"Content-Length: 5{end}",
            $"X-Folded: a{end} b{end}"]);
        string name = Pick(["Content-Type: ", "Content-Type: ", "content-type:", "c: ", "CONTENT-TYPE : "]);

        // A multipart within is something that the module reads only where lines and boundary are plain.
        bool isPlain = end == "\r\n" && boundary is "b1" or "1";
        return _random.Next(isPlain ? 7 : 6) switch
        {
            0 => $"{head}{extra}{name}application/ISUP;version=nxv3{end}{end}\u0001\u0000\u00ffm=audio 1 RTP/AVP 0{end}",
            1 => $"{head}{end}plain text, no fields{end}",
            2 => $"{head}{name}text/plain{end}{end}v=0{end}",
            6 => $"{head}{name}multipart/{Pick(["mixed", "alternative"])};boundary=inner{end}{end}--inner{end}Content-Type: application/sdp{end}{end}{Sdp()}{end}--inner--{end}",
            _ => $"{head}{extra}{name}{Pick(["application/sdp", "application/sdp", "Application/SDP", "application/sdp;x=y", "application/sdp ;x=\"y\""])}{end}{(extra.Length == 0 && Chance(4) ? "X-Y: z" + end : "")}{end}"
                + EndedSdp(end),
        };
    }

    // What does not end in a line end runs into the boundary.
    private string EndedSdp(string end)
    {
        string sdp = Sdp();
        return sdp.EndsWith('\n') && Chance(2) ? sdp : sdp + end;
    }

    private string Sdp() => Chance(3) ? new WildDescription(_random).Text : Pick([Descriptions.Plain, Descriptions.AudioVideo, Descriptions.IPv6, Descriptions.Marked]);

    private string ContentType(string value) => Chance(30)
        ? ""
        : $"{Pick(["Content-Type", "Content-Type", "c", "CONTENT-TYPE", "content-type"])}{Pick(["", "", " "])}:{Pick([" ", " ", "", "\t"])}{value}\r\n";

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private string Pick(string[] among) => among[_random.Next(among.Length)];
}
