namespace RtpProxy.Io.Net.Addresses;

/// <summary>
/// The wildcard <c>tcp:%%CC_SELF%%:PORT</c>: that port at the IPv4 address which the controller's <c>U</c> came from.
/// </summary>
/// <param name="Port">1 to 65,535.</param>
public sealed record CallerNotifySocket(int Port) : NotifySocket($"tcp:{Wildcard}:{Port}")
{
    /// <summary>The text that stands for the controller's own address.</summary>
    public const string Wildcard = "%%CC_SELF%%";
}
