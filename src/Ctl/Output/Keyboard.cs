using System.Threading.Channels;

namespace RtpProxy.Ctl.Output;

/// <summary>Keys as they are pressed; none where input is no terminal.</summary>
/// <remarks>
/// A thread waits in the read all the time, for between two reads the terminal would show what is typed. It ends with the
/// program: a read of a terminal cannot be called back.
/// </remarks>
internal sealed class Keyboard
{
    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateBounded<ConsoleKeyInfo>(256);

    public Keyboard()
    {
        if (!System.Console.IsInputRedirected)
        {
            new Thread(Read) { IsBackground = true, Name = "keyboard" }.Start();
        }
    }

    public ChannelReader<ConsoleKeyInfo> Keys => _keys.Reader;

    private void Read()
    {
        try
        {
            while (true)
            {
                _ = _keys.Writer.TryWrite(System.Console.ReadKey(intercept: true));
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // The terminal has gone.
        }
    }
}
