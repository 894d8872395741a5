using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RtpProxy.Packages.Tests.Calls;

/// <summary>The network of another process: sockets that are made there stay there, whoever uses them.</summary>
internal static partial class NetworkOf
{
    private const int CLONE_NEWNET = 0x40000000;

    /// <summary>Makes something in the network of a process.</summary>
    public static T Process<T>(int id, Func<T> make)
    {
        T? made = default;
        Exception? failure = null;

        // setns(2) is about one thread, which ends with it.
        Thread thread = new(() =>
        {
            try
            {
                using SafeFileHandle network = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/ns/net"));
                if (setns((int)network.DangerousGetHandle(), CLONE_NEWNET) != 0)
                {
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                }

                made = make();
            }
#pragma warning disable CA1031 // Thrown again, where it is waited for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? made! : throw new InvalidOperationException("not made in the other network", failure);
    }

#pragma warning disable IDE1006, SYSLIB1054 // In C's own name.
    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int descriptor, int kind);
#pragma warning restore IDE1006, SYSLIB1054
}
