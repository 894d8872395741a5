namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>A command of the ng protocol with everything that it needs.</summary>
public abstract record NgRequest
{
    /// <summary>As it was named, for counting and logging.</summary>
    public NgCommand Command { get; internal set; }
}
