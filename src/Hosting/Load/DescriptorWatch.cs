using System.ComponentModel;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix;

namespace RtpProxy.Hosting.Load;

/// <summary>Looks once a second whether open files come to an end, and says so once.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class DescriptorWatch(DescriptorLimit limit, Func<int> sessions, ILogger logger)
{
    // What a session takes, and a warning at four fifths of the limit (control protocol, section 10.2, -L).
    private const long PerSession = 5;

    private bool _isTold;

    /// <summary>As many as the system lets the process have; what it refuses is told.</summary>
    public static void RaiseLimit(ILogger logger)
    {
        try
        {
            DescriptorLimit.RaiseToHard();
        }
        catch (Win32Exception refused)
        {
            Log.LimitNotRaised(logger, refused.Message);
        }
    }

    public void Look()
    {
        int alive = sessions();
        if (!_isTold && alive * PerSession > limit.Soft * 4 / 5)
        {
            _isTold = true;
            Log.NearDescriptorLimit(logger, alive, limit.Soft);
        }
    }
}
