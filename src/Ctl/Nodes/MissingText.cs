namespace RtpProxy.Ctl.Nodes;

/// <summary>What the control protocol alone cannot tell, in words.</summary>
internal static class MissingText
{
    private const string Remedy = "start rtpproxy with --admin unix:PATH, and name it here by --admin";

    public static string Calls => $"calls are listed by the admin socket only; {Remedy}";

    public static string Session =>
        $"addresses, scores, refused sources and the verdict's reason are told by the admin socket only; {Remedy}";

    public static string Tag => $"the control protocol finds a session by its caller's tag only; expected FROMTAG as well, or {Remedy}";
}
