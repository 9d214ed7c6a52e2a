#include <catch2/catch.hpp>

#include "gateways/modbus/registers.hpp"

using namespace takt;
using namespace takt::modbus;

namespace {

using words = std::vector<std::uint16_t>;

double read(const words& w, format f, order o = order::abcd) { return decode(w.data(), f, o); }

plant::modbus_register at(int address, std::string form = "uint16", std::string where = "holding")
{
    plant::modbus_register r;
    r.address = address;
    r.format = std::move(form);
    r.table = std::move(where);
    return r;
}

plant::modbus_device device(std::vector<plant::modbus_register> registers)
{
    plant::modbus_device d;
    d.name = "meter";
    d.host = "127.0.0.1";
    d.registers = std::move(registers);
    return d;
}

} // namespace

TEST_CASE("the four orders of a float are told apart")
{
    CHECK(read({0x47F1, 0x2000}, format::float32, order::abcd) == 123456.0);
    CHECK(read({0x2000, 0x47F1}, format::float32, order::cdab) == 123456.0);
    CHECK(read({0xF147, 0x0020}, format::float32, order::badc) == 123456.0);
    CHECK(read({0x0020, 0xF147}, format::float32, order::dcba) == 123456.0);
}

TEST_CASE("whole numbers have their sign and their width")
{
    CHECK(read({0xFFFF}, format::uint16) == 65535);
    CHECK(read({0xFFFF}, format::int16) == -1);
    CHECK(read({0xFFFF, 0xFFFE}, format::int32) == -2);
    CHECK(read({0xFFFF, 0xFFFE}, format::uint32) == 4294967294.0);
    CHECK(read({0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF}, format::int64) == -1);
    CHECK(read({0, 0, 1, 2}, format::uint64) == 65538);
    CHECK(read({0x3FF8, 0, 0, 0}, format::float64) == 1.5);
}

TEST_CASE("what is encoded is decoded, in every format and order")
{
    for (const auto f : {format::uint16, format::int16, format::uint32, format::int32, format::uint64, format::int64,
                         format::float32, format::float64})
        for (const auto o : {order::abcd, order::cdab, order::badc, order::dcba}) {
            const auto w = encode(258, f, o);
            REQUIRE(w);
            CHECK(w->size() == words_of(f));
            CHECK(read(*w, f, o) == 258);
        }
    CHECK(encode(123456.0, format::float32, order::cdab) == words{0x2000, 0x47F1});
    CHECK(encode(-2, format::int16, order::abcd) == words{0xFFFE});
}

TEST_CASE("a value that does not fit is not written")
{
    CHECK_FALSE(encode(65536, format::uint16, order::abcd));
    CHECK_FALSE(encode(-1, format::uint32, order::abcd));
    CHECK_FALSE(encode(32768, format::int16, order::abcd));
    CHECK_FALSE(encode(std::numeric_limits<double>::quiet_NaN(), format::float32, order::abcd));
    CHECK(encode(9.3e18, format::int64, order::abcd) == std::nullopt);
    CHECK(encode(65535, format::uint16, order::abcd));
}

TEST_CASE("neighbours are read at once, over small gaps, and no more than a request holds")
{
    const auto d =
        device({at(100, "float32"), at(0), at(10), at(118), at(0, "uint16", "input"), at(0, "uint16", "coil")});
    const auto blocks = blocks_of(d);
    REQUIRE(blocks.size() == 4);
    CHECK(blocks[0].address == 0);
    CHECK(blocks[0].count == 11);
    CHECK(blocks[0].registers == std::vector<std::size_t>{1, 2});
    CHECK(blocks[1].address == 100);
    CHECK(blocks[1].count == 19);
    CHECK(blocks[2].table == table::input);
    CHECK(blocks[3].table == table::coil);
    std::vector<plant::modbus_register> many;
    for (int i = 0; i < 300; ++i) many.push_back(at(i));
    for (const auto& b : blocks_of(device(many))) CHECK(b.count <= 125);
}

TEST_CASE("a list that counts from one is read from nought, and what is only written is not read")
{
    auto d = device({at(1), at(7)});
    d.base = 1;
    d.registers[1].role = "command";
    const auto blocks = blocks_of(d);
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].address == 0);
    CHECK(blocks[0].count == 1);
}

TEST_CASE("a device that cannot be is refused by the member that is wrong")
{
    auto d = device({at(70'000, "real", "drum")});
    d.port = 0;
    d.base = 2;
    d.registers[0].order = "ACBD";
    d.registers[0].role = "boss";
    std::string all;
    for (const auto& p : check(d, "#")) all += p.pointer + ' ';
    CHECK(all == "#/port #/base #/registers/0/table #/registers/0/format #/registers/0/order #/registers/0/address "
                 "#/registers/0/role ");
    d = device({at(1, "uint16", "input")});
    d.registers[0].role = "set_point";
    REQUIRE(check(d, "#").size() == 1);
    CHECK(check(d, "#")[0].pointer == "#/registers/0/table");
}
