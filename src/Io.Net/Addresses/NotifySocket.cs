namespace RtpProxy.Io.Net.Addresses;

/// <summary>One argument of <c>-n</c>: a target that controllers may name for notices (control protocol, section 7.2).</summary>
/// <param name="Name">
/// The stored name, with its prefix: <c>unix:PATH</c>, <c>tcp:HOST:PORT</c> or <c>tcp:%%CC_SELF%%:PORT</c>. A
/// controller's text is compared with it byte for byte.
/// </param>
public abstract record NotifySocket(string Name);
