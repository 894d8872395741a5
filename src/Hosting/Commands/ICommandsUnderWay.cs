namespace RtpProxy.Hosting.Commands;

/// <summary>Commands that have begun and not ended.</summary>
internal interface ICommandsUnderWay
{
    /// <summary>How many, as a hint.</summary>
    int UnderWay { get; }
}
