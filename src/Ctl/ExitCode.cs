namespace RtpProxy.Ctl;

/// <summary>What <c>rtpproxyctl</c> tells the shell. Of several nodes the worst counts: the largest code. <c>why</c> has further codes, one for each verdict (<see cref="Calls.Verdicts"/>).</summary>
internal static class ExitCode
{
    /// <summary>Every node answered, and none refused.</summary>
    public const int Ok = 0;

    /// <summary>A node refused (an error reply), knows no such session, or answered something else than asked.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>A node gave no reply.</summary>
    public const int NoReply = 3;

    /// <summary><c>doctor</c> found what will cost calls or packets one day, and nothing worse.</summary>
    public const int Warnings = 4;

    /// <summary><c>doctor</c> found what costs calls or packets now.</summary>
    public const int Faults = 5;

    /// <summary>Ended by a signal from the keyboard, as shells count it: 128 and SIGINT.</summary>
    public const int Interrupted = 130;
}
