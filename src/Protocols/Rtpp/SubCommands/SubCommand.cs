namespace RtpProxy.Protocols.Rtpp.SubCommands;

/// <summary>What follows <c>&amp;&amp;</c> (control protocol, section 4).</summary>
public abstract record SubCommand;
