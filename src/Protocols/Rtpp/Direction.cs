namespace RtpProxy.Protocols.Rtpp;

/// <summary>A direction letter of a bridging daemon.</summary>
public enum Direction
{
    /// <summary><c>i</c>, the first bridging address.</summary>
    Internal,

    /// <summary><c>e</c>, the second bridging address.</summary>
    External,
}
