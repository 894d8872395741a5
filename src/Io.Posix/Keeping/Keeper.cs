namespace RtpProxy.Io.Posix.Keeping;

/// <summary>What both sides of a keeper agree on.</summary>
public static class Keeper
{
    /// <summary>Bytes of the longest name of what it holds.</summary>
    public const int MaxName = 512;

    /// <summary>Descriptors under one name, at most.</summary>
    public const int MaxDescriptors = 4;
}
