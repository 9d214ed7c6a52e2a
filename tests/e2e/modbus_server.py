"""A Modbus TCP device that we did not write (pymodbus), for modbus_test.mjs. Reads commands from standard input: `set ADDRESS
WORD…` puts words into the holding registers, `get ADDRESS` prints one, `log` prints the addresses that were written."""
import sys
import threading

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartTcpServer

written = []


class Noted(ModbusSequentialDataBlock):
    def setValues(self, address, values):
        written.append(address - 1)
        super().setValues(address, values)


holding = Noted(0, [0] * 200)  # reads beyond are answered with an exception
unit = ModbusSlaveContext(hr=holding, ir=ModbusSequentialDataBlock(0, [7] * 50), co=ModbusSequentialDataBlock(0, [1] * 20),
                          di=ModbusSequentialDataBlock(0, [0] * 20))


def listen():
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "set":
            ModbusSequentialDataBlock.setValues(holding, int(rest[0]) + 1, [int(v, 0) for v in rest[1:]])
        elif word == "get":
            print("value", holding.getValues(int(rest[0]) + 1, 1)[0], flush=True)
        elif word == "log":
            print("written", *written, flush=True)


threading.Thread(target=listen, daemon=True).start()
StartTcpServer(context=ModbusServerContext(slaves=unit, single=True), address=("127.0.0.1", int(sys.argv[1])))
