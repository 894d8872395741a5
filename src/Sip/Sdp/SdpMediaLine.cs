namespace RtpProxy.Sip.Sdp;

/// <summary><c>m=&lt;media&gt; &lt;port&gt; &lt;transport&gt; &lt;fmt&gt; ...</c>, as places in the text.</summary>
/// <param name="Line">The whole line without its end.</param>
/// <param name="Type">The kind of media.</param>
/// <param name="Port">The port, with the number of ports behind a slash if given.</param>
/// <param name="Transport">The transport.</param>
/// <param name="Formats">Everything behind the transport; empty when nothing is there.</param>
public sealed record SdpMediaLine(TextSpan Line, TextSpan Type, TextSpan Port, TextSpan Transport, TextSpan Formats);
